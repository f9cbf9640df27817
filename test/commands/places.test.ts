/** Calls that put something new into the book of another organisation: what they find there, and where they need no place. */
import { expect, it } from '@jest/globals';
import { IMPLEMENTED } from '../../chaincode/src/commands/index.js';
import { placesFor } from '../../chaincode/src/ledger/intake.js';
import {
  ACCOUNT,
  BANK,
  CONFIRMATION,
  CONTRACTOR,
  DUE,
  FACE,
  idOf,
  MSP,
  OFFER_END,
  OTHER_BANK,
  RESERVATION,
  SLICE,
  TERMS,
  TODAY,
  TOMORROW,
  TRANSFER_LOCK,
  YESTERDAY,
} from './support/facts.js';
import { crowded, enteredBy, placesIn } from './support/places.js';
import {
  all,
  callerOf,
  codeOf,
  isPlace,
  on,
  party,
  redrawnBy,
  registered,
  renamed,
  SALTED,
  sceneOf,
  secret,
  simulated,
} from './support/scene.js';

const { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash } = RESERVATION.record;
const claim = sceneOf(
  'document:claim',
  callerOf('issuer', ['maker', 'checker']),
  { reservationId: idOf('bank', 'issuer', 'new-reservation') },
  { secret: { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash } },
);
const ticketId = idOf('supplier', 'supplier', 'own-ticket');
const transfer = sceneOf(
  'slice:offer',
  callerOf('supplier', ['checker']),
  { sliceId: SLICE.id, transferId: TRANSFER_LOCK.id, ticketId },
  { secret: { transferee: CONTRACTOR, expiresOn: OFFER_END }, shown: [SLICE, TERMS] },
);
const presentment = sceneOf(
  'slice:present',
  callerOf('supplier', ['checker']),
  { presentmentId: idOf('supplier', 'supplier', 'own-presentment'), sliceIds: [SLICE.id], ticketId },
  { secret: { account: ACCOUNT, payeeBank: BANK }, shown: [SLICE, TERMS], date: DUE },
);
const offer = sceneOf(
  'certificate:offer',
  callerOf('bank', ['maker', 'checker']),
  { certificateId: TERMS.id },
  { secret: { expiresOn: OFFER_END }, shown: [TERMS, FACE, CONFIRMATION] },
);

/** The places at which the claim looks. */
const places = [...placesFor({ command: claim.name, senderMsp: MSP.issuer, seed: SALTED, today: TODAY })];

it('has the code in the definition of every command that enters books, and of no other', () => {
  for (const { definition, handler } of Object.values(IMPLEMENTED)) {
    const { event, refuses } = definition;
    expect([event, refuses.includes('QUOTA_REACHED')]).toEqual([event, handler.enters !== undefined]);
  }
});

it('is refused where every place at which it looks was taken today, and by no other day', async () => {
  expect(await codeOf(crowded(MSP.bank)(claim))).toBe('QUOTA_REACHED');
  for (const date of [YESTERDAY, TOMORROW]) expect(await codeOf(crowded(MSP.bank, { date })(claim))).toBe('taken');
});

it('is taken again on the next business date, and refused again where the date goes back', async () => {
  const full = crowded(MSP.bank)(claim);
  expect(await codeOf(on(TOMORROW)(full))).toBe('taken');
  expect(await codeOf(on(TODAY)(on(TOMORROW)(full)))).toBe('QUOTA_REACHED');
});

it('takes the first place that is free, over whatever stands there', async () => {
  for (const turn of [0, 1, 57, 99]) {
    const { writes } = await simulated(
      all(crowded(MSP.bank, { date: YESTERDAY }), crowded(MSP.bank, { but: [turn] }))(claim),
    );
    const taken = [...writes.keys()].filter((place) => isPlace(place) && place.includes(`_${MSP.bank}\u0000`));
    expect(taken).toEqual([expect.stringMatching(new RegExp(`~${String(places[turn])}$`))]);
  }
});

it('looks at each place only once, and at none beyond the one that it takes', async () => {
  const readsOf = async (scene: typeof claim): Promise<number> =>
    [...(await simulated(scene)).reads.keys()].filter((place) => isPlace(place) && place.includes(`_${MSP.bank}\u0000`))
      .length;
  expect(await readsOf(claim)).toBe(1);
  expect(await readsOf(crowded(MSP.bank, { but: [57] })(claim))).toBe(new Set(places.slice(0, 58)).size);
});

it('has places of its own for each command, each sender and each receiver', async () => {
  expect(await codeOf(crowded(MSP.bank, { command: 'slice:offer' })(claim))).toBe('taken');
  expect(await codeOf(crowded(MSP.bank, { senderMsp: MSP.contractor })(claim))).toBe('taken');
  expect(await codeOf(crowded(MSP.otherBank)(claim))).toBe('taken');
  expect(await codeOf(crowded(MSP.supplier)(claim))).toBe('QUOTA_REACHED');
});

it('needs no place in the book of its own organisation', async () => {
  const own = party('supplier', { mspId: MSP.issuer })(claim);
  expect(await enteredBy(own)).toEqual(placesIn(own, [MSP.bank]));
  expect(await codeOf(crowded(MSP.issuer)(own))).toBe('taken');
  expect(await enteredBy(party('contractor', { mspId: MSP.supplier })(transfer))).toEqual({});
  expect(await enteredBy(renamed(MSP.supplier, MSP.bank, true)(offer))).toEqual({});
});

it('needs one place in a book that it enters for two reasons', async () => {
  const both = party('supplier', { mspId: MSP.bank })(claim);
  expect(await enteredBy(both)).toEqual(placesIn(both, [MSP.bank]));
});

it('needs a place with a transferee that lives with the bank or the issuer', async () => {
  for (const mspId of [MSP.bank, MSP.issuer]) {
    const hosted = party('contractor', { mspId })(transfer);
    expect(await enteredBy(hosted)).toEqual(placesIn(hosted, [mspId]));
  }
});

it('needs a place with both banks where the payee has its account at another one', async () => {
  const elsewhere = secret({ payeeBank: OTHER_BANK })(presentment);
  expect(await enteredBy(elsewhere)).toEqual(placesIn(elsewhere, [MSP.bank, MSP.otherBank]));
  const own = all(party('otherBank', { mspId: MSP.supplier }), secret({ payeeBank: OTHER_BANK }))(presentment);
  expect(await enteredBy(own)).toEqual(placesIn(own, [MSP.bank]));
});

it('needs no place in the book of an organisation that has left, which is not written any more', async () => {
  const left = registered('departures', {
    ...{ schema: 'tenor.departures/1', version: 1 },
    organizations: [{ mspId: MSP.supplier, state: 'LEFT' }],
  })(offer);
  expect(await enteredBy(left)).toEqual({});
  expect(await codeOf(crowded(MSP.supplier)(left))).toBe('taken');
});

it('takes a place as the organisation of whoever calls, whatever the records say', async () => {
  const foreign = all(
    redrawnBy(MSP.contractor),
    party('issuer', { mspId: MSP.contractor }),
  )({
    ...claim,
    caller: { ...callerOf('contractor', ['maker']), operator: { duties: ['maker'], parties: [issuer] } },
  });
  expect(await enteredBy(foreign)).toEqual(placesIn(foreign, [MSP.bank, MSP.supplier]));
  expect(await codeOf(crowded(MSP.bank, { senderMsp: MSP.issuer })(foreign))).toBe('taken');
  expect(bank).toBe(BANK);
});
