/** `cash:instruct` */
import { assertBatchTerm } from '../../domain/batches.js';
import { isBusinessDay } from '../../domain/calendar.js';
import { assertLegOf } from '../../domain/exchange.js';
import { assertRole, type Party } from '../../domain/parties.js';
import { standInOfLeg } from '../../domain/standIns.js';
import { policyOn } from '../../domain/submission.js';
import { partyOf, Pending } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { addDays } from '../../protocol/dates.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Cash, PublicRecord } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { drawLeg, instructed } from '../instruct.js';
import { rulesOfPresenting } from '../slice/rulesOfPresenting.js';

type Calendar = PublicRecord<'calendar'>;
const calendarOf = (id: string): Pending<Calendar> =>
  new Pending([['calendar', id]], (registry) => registry.get('calendar', id, 'CALENDAR_UNKNOWN'));

export const instruct = implement(commands.cash.instruct, {
  load: (tx, { request, secret }) => {
    drawLeg(tx, request, registerOf(request.legId));
    return {
      sender: partyOf(secret.sender),
      receiver: partyOf(secret.receiver),
      payerBank: partyOf(secret.payerBank),
      payeeBank: partyOf(secret.payeeBank),
      calendars: (secret.calendars ?? []).map(calendarOf),
      ...rulesOfPresenting(),
    };
  },
  enters: ({ receiver, payerBank, payeeBank }) => [receiver, payerBank, payeeBank].map(({ mspId }) => mspId),
  actor: ({ sender }) => ({ party: sender, mspId: sender.mspId }),
  decide: ({ request, secret, seed }, facts) => {
    const { sender, receiver, payerBank, payeeBank, calendars, today } = facts;
    const { what, currency, amount, account, endToEndId, expiresOn, nets, financing, valueDate, exchange } = secret;
    const register = what === 'CREDIT' ? payeeBank.mspId : payerBank.mspId;
    if (registerOf(request.legId) !== register) throw new TenorError('ID_FOREIGN', { kind: 'leg', id: request.legId });
    assertRoles(facts);
    assertBatchTerm(expiresOn, today);
    assertValueDay(valueDate, calendars, today);
    if (exchange !== undefined) assertLegOf(exchange, request);
    const cash = {
      ...{ payerBank: payerBank.id, payerBankMsp: payerBank.mspId },
      ...{ payeeBank: payeeBank.id, payeeBankMsp: payeeBank.mspId, account },
      ...(endToEndId === undefined ? {} : { endToEndId }),
      ...(valueDate === undefined ? {} : { valueDate }),
      ...(exchange === undefined ? {} : { exchange }),
      ...(what === 'CREDIT' ? standInAmong(facts, request.legIds) : {}),
    };
    const parties = {
      ...{ sender: sender.id, senderMsp: sender.mspId },
      ...{ receiver: receiver.id, receiverMsp: receiver.mspId },
    };
    const part = { ...(nets === undefined ? {} : { nets }), ...(financing === undefined ? {} : { financing }) };
    return instructed(request, { what, ...parties, currency, amount, expiresOn, ...part, cash }, seed, today);
  },
});

/** The value date is a business day of every calendar that is named, and of one at least. @throws TenorError VALUE_DATE, NOT_A_BUSINESS_DAY, CALENDAR_ENDS */
function assertValueDay(valueDate: string | undefined, calendars: readonly Calendar[], businessDate: string): void {
  if ((valueDate === undefined) !== (calendars.length === 0)) throw new TenorError('VALUE_DATE');
  if (valueDate === undefined) return;
  if (valueDate < businessDate || valueDate > addDays(businessDate, LIMITS.batchDays))
    throw new TenorError('VALUE_DATE');
  if (!calendars.every((calendar) => isBusinessDay(calendar, valueDate))) throw new TenorError('NOT_A_BUSINESS_DAY');
}

/** The parties of a leg of money. */
type Sides = Readonly<Record<'sender' | 'receiver' | 'payerBank' | 'payeeBank', Party>>;

/** @throws TenorError PARTY_ROLE, SELF_TRANSFER */
function assertRoles({ sender, receiver, payerBank, payeeBank }: Sides): void {
  assertRole(receiver, 'supplier', 'bank', 'issuer');
  assertRole(payerBank, 'bank');
  assertRole(payeeBank, 'bank');
  if (receiver.id === sender.id) throw new TenorError('SELF_TRANSFER');
}

/** What the registry says of who may speak for the payee. */
interface Rules {
  readonly policies: PublicRecord<'policies'> | undefined;
  readonly departures: PublicRecord<'departures'>;
  readonly today: string;
}

/** Who may speak for the payee, if the policy lists anybody who is apart from the batch. */
function standInAmong(facts: Rules & Sides, legIds: readonly string[]): Pick<Cash, 'standIn'> {
  const { sender, receiver, payerBank, payeeBank, policies, departures, today } = facts;
  const sides = [sender, receiver, payerBank, payeeBank].map(({ mspId }) => mspId);
  const leaving = departures.organizations.map(({ mspId }) => mspId);
  const standIn = standInOfLeg(policyOn(policies, today), { legIds, sides, leaving });
  return standIn === undefined ? {} : { standIn };
}
