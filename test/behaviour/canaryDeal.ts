/** A whole deal in which every secret value is easy to recognise, with refusals in between that could repeat such a value. */
import { createHash, randomUUID } from 'node:crypto';
import { TenorError, claimIdOf, decimalOf, newReference, type DraftContent } from '@tenor/client';
import {
  accept,
  acknowledge,
  claimOf,
  confirm,
  openLine,
  presentAs,
  release,
  split,
  type Presented,
} from '../support/deal.js';
import type { World } from '../support/world.js';
import { LEI, type PartyName } from '../support/world.js';
import { tradeCanary } from './canaryBatch.js';

/** Date on which all is due. Nobody but the parties knows it; the business date passes over it. */
const DUE = '2027-06-22';
/** Business date of the payment. */
const PAYDAY = '2027-06-23';
/** Business date of the discharge: the value date, which only the parties know, has passed. */
const DISCHARGED_ON = '2027-06-28';
const EXPIRY = '2026-12-17';

/** What nobody but the parties may ever see. */
export const SECRETS = {
  limit: '98765432101',
  capacity: '93216548709',
  face: '91827364503',
  keptPart: '31100833095',
  passedPart: '40006628101',
  tradedPart: '20719903307',
  price: '20604417293',
  tooMuch: '99912345678901',
  documentNumber: 'KANARI-INV-77/0815',
  account: 'KANARIACCT0630004711',
  creditReference: 'KANARI-ENTRY-2027-000815',
  priceAccount: 'KANARIPRICE0630008822',
  otherAccount: 'KANARIACCT9999990001',
  justification: 'Kanari: the blast furnace is relined until midsummer',
  dueDate: DUE,
  offerExpiry: EXPIRY,
  lineExpiry: '2027-12-29',
  valueDate: '2027-06-25',
  documentHash: createHash('sha256').update('kanari document').digest('hex'),
  reportHash: createHash('sha256').update('kanari pacs.002').digest('hex'),
  creditHash: createHash('sha256').update('kanari camt.054').digest('hex'),
} as const;

/** Amounts also as people write them. */
export const WRITTEN_AMOUNTS: readonly string[] = [
  SECRETS.limit,
  SECRETS.capacity,
  SECRETS.face,
  SECRETS.keptPart,
  SECRETS.passedPart,
  SECRETS.tradedPart,
  SECRETS.price,
].flatMap((amount) => {
  const decimal = decimalOf(amount, 'USD');
  return [decimal, decimal.replace(/\B(?=(\d{3})+(?!\d))/g, ',')];
});

/** Ids of the deal, and the text of every refusal on the way. */
export interface Played {
  readonly certificateId: string;
  readonly claimId: string;
  readonly kept: string;
  readonly passed: string;
  readonly traded: string;
  readonly refusals: readonly string[];
}

/** Everything that an error says: to a person, to a log, to a program. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const details = 'details' in error ? JSON.stringify(error.details) : '';
  const data = error instanceof TenorError ? JSON.stringify(error.data) : '';
  return [error.message, error.stack ?? '', details, data, error.cause === undefined ? '' : textOf(error.cause)].join(
    '\n',
  );
}

/** Plays the deal up to the settled certificate. `beforeTransfer` looks around while the contractor is no party yet. */
export async function playCanary(world: World, beforeTransfer: () => Promise<void>): Promise<Played> {
  const refusals: string[] = [];
  const refuse = async (call: Promise<unknown>): Promise<void> => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) throw new Error('the canary deal expected a refusal');
    refusals.push(textOf(error));
  };
  const { claimId, certificateId } = await issueCanary(world, refuse);
  const [kept = '', passed = '', traded = ''] = await splitCanary(world, await accept(world, certificateId), refuse);
  await beforeTransfer();
  await passOn(world, passed);
  const { price, priceAccount: account } = SECRETS;
  await tradeCanary(world, { sliceId: traded, price, account, expiresOn: EXPIRY, refuse });
  await world.moveTo(PAYDAY);
  const payments: Presented[] = [];
  for (const [holder, id, amount] of [
    ['supplier', kept, SECRETS.keptPart],
    ['contractor', passed, SECRETS.passedPart],
    ['contractor', traded, SECRETS.tradedPart],
  ] as const) {
    payments.push(await payCanary(world, holder, id, amount, refuse));
  }
  await world.moveTo(DISCHARGED_ON);
  for (const payment of payments) await release(world, payment);
  await world.people('bank').checker.certificate.redeem({ certificateId, sliceIds: [kept, passed, traded] });
  return { certificateId, claimId, kept, passed, traded, refusals };
}

type Refuse = (call: Promise<unknown>) => Promise<void>;

async function issueCanary(world: World, refuse: Refuse): Promise<{ claimId: string; certificateId: string }> {
  const { maker, checker } = world.people('issuer');
  const lineId = await openLine(world, { limit: SECRETS.limit, expiresOn: SECRETS.lineExpiry });
  const { documentNumber: number, capacity, documentHash } = SECRETS;
  const claimed = claimOf(world, { number, capacity, documentHash });
  const { reservationId } = claimed;
  await maker.document.claim(claimed);
  await world.people('bank').checker.document.confirm({ reservationId });
  await refuse(
    maker.document.claim({ ...claimed, reservationId: world.newId('bank', 'issuer'), capacity: SECRETS.limit }),
  );
  const claimId = claimIdOf(claimed);
  const content: DraftContent = {
    ...{
      issuer: LEI.issuer,
      bank: LEI.bank,
      payee: LEI.supplier,
      currency: 'USD',
      amount: SECRETS.face,
      dueDate: DUE,
      calendar: 'CN',
    },
    ...{
      mode: 'GUARANTEED',
      deliveredOn: '2026-11-20',
      claims: [{ claimId, amount: SECRETS.face }],
      tenorJustification: SECRETS.justification,
    },
  };
  const certificateId = world.newId('bank', 'issuer');
  await maker.certificate.draft({ certificateId, ...content });
  await checker.certificate.submit({ certificateId });
  const second = world.newId('bank', 'issuer');
  await maker.certificate.draft({ certificateId: second, ...content }); // the document cannot back it twice
  await refuse(checker.certificate.submit({ certificateId: second }));
  const third = world.newId('bank', 'issuer');
  await refuse(maker.certificate.draft({ certificateId: third, ...content, dueDate: `${SECRETS.justification}!` }));
  await confirm(world, lineId, [certificateId]);
  await world.people('bank').checker.certificate.offer({ certificateId, expiresOn: EXPIRY });
  return { claimId, certificateId };
}

async function splitCanary(world: World, sliceId: string, refuse: Refuse): Promise<string[]> {
  await refuse(split(world, sliceId, [SECRETS.keptPart, SECRETS.limit]));
  await refuse(split(world, sliceId, [SECRETS.keptPart, `-${SECRETS.passedPart}`]));
  return split(world, sliceId, [SECRETS.keptPart, SECRETS.passedPart, SECRETS.tradedPart]);
}

async function passOn(world: World, sliceId: string): Promise<void> {
  const { maker, checker, party } = world.people('supplier');
  const input = {
    sliceId,
    transferId: newReference(),
    ticketId: maker.newId(),
    transferee: LEI.contractor,
    expiresOn: EXPIRY,
  };
  await maker.ticket.prepare('slice:offer', input, { party, expiresOn: world.date });
  await checker.slice.offer(input);
  await world.people('contractor').checker.slice.accept({ sliceId, transferId: input.transferId });
}

async function payCanary(
  world: World,
  holder: PartyName,
  sliceId: string,
  amount: string,
  refuse: Refuse,
): Promise<Presented> {
  const presentmentId = world.newId(holder);
  const account = { scheme: 'OTHER' as const, id: SECRETS.account };
  const presenting = { presentmentId, ticketId: world.newId(holder), sliceIds: [sliceId], payeeBank: LEI.bank };
  await presentAs(world, holder, { ...presenting, account });
  const presented: Presented = { presentmentId, uetr: randomUUID(), currency: 'USD', amount };
  const { maker, checker, party } = world.people('bank');
  const report = {
    presentmentId,
    uetr: presented.uetr,
    currency: 'USD',
    status: 'ACCC' as const,
    messageHash: SECRETS.reportHash,
  };
  await refuse(checker.payment.report({ ...report, amount: SECRETS.tooMuch }));
  await checker.payment.report({ ...report, amount });
  const attest = async (id: string): Promise<void> => {
    const input = {
      presentmentId,
      uetr: presented.uetr,
      currency: 'USD',
      amount,
      account: { scheme: 'OTHER' as const, id },
      ticketId: maker.newId(),
      valueDate: SECRETS.valueDate,
      creditReference: `${SECRETS.creditReference}/${amount}`,
      messageHash: SECRETS.creditHash,
    };
    await maker.ticket.prepare('payment:attest', input, { party, expiresOn: world.date });
    await checker.payment.attest(input);
  };
  await refuse(attest(SECRETS.otherAccount));
  await attest(SECRETS.account);
  await refuse(release(world, presented));
  await acknowledge(world, holder === 'supplier' ? 'supplier' : 'contractor', presented);
  return presented;
}
