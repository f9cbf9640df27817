/** What became of a confirmed certificate: the bank keeps it; whom the state concerns reads it. */
import type { KeyPolicy } from '../domain/decision.js';
import { CERTIFICATE_STATES, type StatusKey } from '../domain/states.js';
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import type { BookRecord } from '../protocol/records/index.js';

type Status = Omit<BookRecord<'status'>, 'salt'>;

const alone = (): undefined => undefined;
const withIssuer = ({ id }: Status): KeyPolicy => ({ all: [registerOf(id), drawerOf(id)] });
/**
 * A certificate lives once its payee has taken it. The bank alone must not tell the issuer otherwise, who would give line and
 * documents back for a paper that others hold; either of the two may end it with the bank, so that redeeming needs no payee. Where
 * the payee is of the bank's own organisation the choice would be no choice: then the issuer has to sign.
 */
const withPayeeOrIssuer = (status: Status): KeyPolicy => {
  const { id, payeeMsp } = status;
  const bankMsp = registerOf(id);
  return payeeMsp === bankMsp ? withIssuer(status) : { all: [bankMsp], any: [payeeMsp, drawerOf(id)] };
};

const payee = ({ payeeMsp }: Status): readonly string[] => [payeeMsp];
const issuer = ({ id }: Status): readonly string[] => [drawerOf(id)];

/** Who guards a status, as the table of states says it. What bank and issuer agreed on, the bank alone must not revive. */
const GUARDS: { readonly [Key in StatusKey]: (status: Status) => KeyPolicy | undefined } = {
  bank: alone,
  'bank and issuer': withIssuer,
  'bank, and payee or issuer': withPayeeOrIssuer,
};

/** Who reads each state. */
const READERS: { readonly [State in Status['state']]: (status: Status) => readonly string[] } = {
  ...{ OFFERED: payee, DECLINED: payee, ACTIVE: payee, SETTLED: issuer, UNWOUND: issuer },
};

export const status: RecordKind<'status'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: (record) => READERS[record.state](record),
  policy: (record) => GUARDS[CERTIFICATE_STATES[record.state].key](record),
  restorable: true,
};
