/** The state of a certificate after it was confirmed. The bank keeps it, and the organisation that the state concerns gets a copy. */
import type { KeyPolicy } from '../domain/decision.js';
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

/** Copies and key policy of each state. Bank and issuer end a certificate together, so the bank alone must not be able to revive it. */
const STATES = {
  OFFERED: { copies: payee, policy: alone },
  DECLINED: { copies: payee, policy: alone },
  ACTIVE: { copies: payee, policy: withPayeeOrIssuer },
  SETTLED: { copies: issuer, policy: withIssuer },
  UNWOUND: { copies: issuer, policy: withIssuer },
} as const;

export const status: RecordKind<'status'> = {
  registers: ({ id }) => [registerOf(id)],
  copies: (record) => STATES[record.state].copies(record),
  policy: (record) => STATES[record.state].policy(record),
  restorable: true,
};
