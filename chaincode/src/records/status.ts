/** The state of a certificate after it was confirmed. The bank keeps it, and the organisation that the state concerns gets a copy. */
import type { KeyPolicy } from '../domain/decision.js';
import { CERTIFICATE_STATES, type StatusKey } from '../domain/states.js';
import type { RecordKind } from '../ledger/recordKind.js';
import { drawerOf, registerOf } from '../protocol/identifiers.js';
import type { BookRecord } from '../protocol/records/index.js';

type Status = Omit<BookRecord<'status'>, 'salt'>;

const alone = (): undefined => undefined;
const withIssuer = ({ id }: Status): KeyPolicy => ({ all: [registerOf(id), drawerOf(id)] });
/**
 * A certificate is active once its payee has accepted it. The bank alone must not be able to write another state, because the issuer
 * would then restore line and documents although others hold slices. Payee or issuer may end the certificate together with the bank,
 * so redeeming does not need the payee. If the payee belongs to the bank's own organisation, the issuer has to endorse.
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
