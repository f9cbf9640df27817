/**
 * Which rows of a book count. Anybody can have bytes put into a book, and a record names its register and its parties itself. So a row
 * counts only if its register holds it now, if it is the register that keeps such records for these parties, if the registry binds the
 * parties to their organisations, and if what it belongs to counts too. Every other row is set aside, and said why.
 */
import { drawerOf, registerOf, type Paid } from '../../../chaincode/src/protocol/identifiers.js';
import type { BookRecord } from '../../../chaincode/src/protocol/records/index.js';
import { NOT_CURRENT, type Row, type View } from '../../../chaincode/src/protocol/results.js';
import { sha256Of } from '../documents/bytes.js';
import {
  countedLegs,
  partiesOfLeg,
  registersOfLeg,
  registersOfOutcome,
  type Bound,
  type LegKind,
} from './countedLegs.js';
import type { Desk, DeskKind } from './desk.js';
import { itemsBy } from './groups.js';

/** Why a row was set aside. Codes are append-only. */
export const SET_ASIDE = {
  ...NOT_CURRENT,
  FOREIGN_REGISTER: 'The row stands in the book of an organisation that keeps no such record for these parties.',
  PARTY_ELSEWHERE: 'The registry does not bind a party that the record names to the organisation that it names for it.',
  CERTIFICATE_DIFFERS: 'The certificate to which the record belongs is not in this book, or has other terms.',
  PRESENTMENT_DIFFERS: 'The presentment to which the record belongs is not in this book, or asks for something else.',
  LEG_DIFFERS: 'The leg of a batch to which the record belongs is not in this book, or says something else.',
  NOT_APPROVED: 'The outcome is of a batch of which the own organisation has not approved all that it gives and takes.',
} as const;

/** Code of a reason. */
export type SetAsideReason = keyof typeof SET_ASIDE;

/** A row that counts for nothing. */
export interface SetAside {
  readonly kind: DeskKind;
  readonly id: string;
  readonly register: string;
  readonly reason: SetAsideReason;
}

/** The records that count, each once. */
export type CountedRecords = { readonly [Kind in DeskKind]: readonly BookRecord<Kind>[] };

/** A book of which every row was looked at. */
export interface Counted {
  readonly records: CountedRecords;
  readonly setAside: readonly SetAside[];
}

/** What a kind of record is held against. */
interface Standing<Record> {
  /** Organisations that may keep it. Some records only their writer has, in its own book. */
  readonly registers: (record: Record, mspId: string) => readonly string[];
  readonly parties: (record: Record) => readonly Bound[];
}

interface BankAndIssuer {
  readonly bank: string;
  readonly bankMsp: string;
  readonly issuer: string;
  readonly issuerMsp: string;
}

const bankAndIssuer = ({ bank, bankMsp, issuer, issuerMsp }: BankAndIssuer): readonly Bound[] => [
  [bank, bankMsp],
  [issuer, issuerMsp],
];
/** The id of a certificate names the two organisations that vouch for it. */
const promisers = ({ id, bankMsp, issuerMsp }: BankAndIssuer & { readonly id: string }): readonly string[] =>
  bankMsp === registerOf(id) && issuerMsp === drawerOf(id) ? [bankMsp, issuerMsp] : [];
const nobody = (): readonly Bound[] => [];
/** Whoever keeps a record in a book that its id names too. */
const named = (id: string, mspId: string): readonly string[] => (registerOf(id) === mspId ? [mspId] : []);

const STANDINGS: { readonly [Kind in DeskKind]: Standing<BookRecord<Kind>> } = {
  line: { registers: ({ id, bankMsp }) => named(id, bankMsp), parties: bankAndIssuer },
  terms: { registers: promisers, parties: bankAndIssuer },
  face: { registers: promisers, parties: (face) => [...bankAndIssuer(face), [face.payee, face.payeeMsp]] },
  confirmation: { registers: ({ id }) => [registerOf(id), drawerOf(id)], parties: nobody },
  status: { registers: ({ id }) => [registerOf(id)], parties: nobody },
  totals: { registers: ({ id }) => [drawerOf(id)], parties: nobody },
  redeemed: { registers: ({ certificateId }) => [drawerOf(certificateId)], parties: nobody },
  slice: { registers: ({ id }) => [registerOf(id)], parties: ({ holder, holderMsp }) => [[holder, holderMsp]] },
  presentment: {
    registers: ({ id, holderMsp }) => named(id, holderMsp),
    parties: ({ holder, holderMsp, bank, bankMsp, payeeBank, payeeBankMsp }) => [
      [holder, holderMsp],
      [bank, bankMsp],
      [payeeBank, payeeBankMsp],
    ],
  },
  payment: { registers: ({ bankMsp }) => [bankMsp], parties: nobody },
  attestation: { registers: ({ payeeBankMsp }) => [payeeBankMsp], parties: nobody },
  return: { registers: ({ payeeBankMsp }) => [payeeBankMsp], parties: nobody },
  acknowledgement: { registers: ({ byMsp }) => [byMsp], parties: nobody },
  leg: { registers: registersOfLeg, parties: partiesOfLeg },
  approval: { registers: ({ mspId }, own) => (mspId === own ? [own] : []), parties: nobody },
  outcome: { registers: registersOfOutcome, parties: nobody },
  proof: { registers: (_proof, own) => [own], parties: nobody },
};

const foreignTo = ({ parties }: Desk, bound: readonly Bound[]): boolean =>
  bound.some(([party, mspId]) => !Object.hasOwn(parties, party) || parties[party] !== mspId);

/** Why a row by itself does not count. */
function faultOf<Kind extends DeskKind>(desk: Desk, kind: Kind, row: Row<Kind>): SetAsideReason | undefined {
  if (!row.current) return row.reason;
  const { registers, parties } = STANDINGS[kind];
  if (!registers(row.record, desk.mspId).includes(row.register)) return 'FOREIGN_REGISTER';
  return foreignTo(desk, parties(row.record)) ? 'PARTY_ELSEWHERE' : undefined;
}

/** Collects what counts, each record once: a register that takes its own record back has it among its copies too. */
class Count {
  readonly setAside: SetAside[] = [];
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The rows of a kind that count, those of the own book first. */
  take<Kind extends DeskKind>(
    kind: Kind,
    belongs: (view: View<Kind>) => SetAsideReason | undefined = () => undefined,
  ): readonly View<Kind>[] {
    const taken = new Map<string, View<Kind>>();
    for (const row of this.#desk.rows[kind] as readonly Row<Kind>[]) {
      const reason = faultOf(this.#desk, kind, row) ?? belongs(row as View<Kind>);
      const key = keyOf(kind, row);
      if (reason !== undefined) this.setAside.push({ kind, id: row.id, register: row.register, reason });
      else if (!taken.has(key)) taken.set(key, row as View<Kind>);
    }
    return [...taken.values()];
  }
}

/** Records of these kinds are kept by one organisation for each id that counts; others may give one under the same id each. */
const OF_SEVERAL: readonly DeskKind[] = ['payment', 'attestation', 'return', 'acknowledgement'];
const keyOf = (kind: DeskKind, { id, register }: { readonly id: string; readonly register: string }): string =>
  OF_SEVERAL.includes(kind) ? `${register} ${id}` : id;

const recordsOf = <Kind extends DeskKind>(views: readonly View<Kind>[]): readonly BookRecord<Kind>[] =>
  views.map(({ record }) => record);

/** Records by their ids. */
export const byId = <Item extends { readonly id: string }>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [item.id, item]));

/** Whether a slice was discharged, whatever came back of it since: that is owed by its children, and presented anew. */
export const isDischarged = (slice: BookRecord<'slice'> | undefined): boolean =>
  slice?.state === 'PAID' || slice?.state === 'RETURNED';

/** Items by the certificate to which they belong. */
export function byCertificate<Item extends { readonly certificateId: string }>(
  items: readonly Item[],
): (certificateId: string) => readonly Item[] {
  return itemsBy(items, ({ certificateId }) => certificateId);
}

/** What amounts add up to. */
export const sumOf = (amounts: readonly { readonly amount: string }[]): bigint =>
  amounts.reduce((sum, { amount }) => sum + BigInt(amount), 0n);

/** Looks at every row of a book. */
export function countedOf(desk: Desk): Counted {
  const count = new Count(desk);
  const legs = ofLegs(count, desk.mspId);
  const records = { ...ofCertificates(count), ...legs, ...ofPayments(count, legs.leg) };
  return { records, setAside: count.setAside };
}

type OfPayments = 'presentment' | 'payment' | 'attestation' | 'return' | 'acknowledgement';

/** Legs of batches: what is said of a leg counts only beside the very leg. */
function ofLegs(count: Count, mspId: string): Pick<CountedRecords, LegKind> {
  const views = count.take('leg');
  const legs = countedLegs(views);
  const approvals = count.take('approval', ({ record }) => (legs.areSaidBy(record) ? undefined : 'LEG_DIFFERS'));
  const approved = recordsOf(approvals);
  return {
    leg: recordsOf(views),
    approval: approved,
    outcome: recordsOf(
      count.take('outcome', ({ record }) => {
        if (!legs.areIn(record)) return 'LEG_DIFFERS';
        return legs.areApproved(record.id, approved, mspId) ? undefined : 'NOT_APPROVED';
      }),
    ),
    proof: recordsOf(
      count.take('proof', ({ record }) => (legs.areProvenBy(record, mspId) ? undefined : 'LEG_DIFFERS')),
    ),
  };
}

/** Lines and certificates: what is said of a certificate counts only beside its terms. */
function ofCertificates(count: Count): Omit<CountedRecords, OfPayments | LegKind> {
  const terms = byId(count.take('terms'));
  const unless = (holds: boolean): SetAsideReason | undefined => (holds ? undefined : 'CERTIFICATE_DIFFERS');
  return {
    terms: recordsOf([...terms.values()]),
    line: recordsOf(count.take('line')),
    face: recordsOf(count.take('face', ({ record }) => unless(fits(record, terms.get(record.id))))),
    slice: recordsOf(count.take('slice', ({ record }) => unless(isPart(record, terms.get(record.certificateId))))),
    confirmation: recordsOf(count.take('confirmation', ({ id }) => unless(terms.has(id)))),
    status: recordsOf(count.take('status', ({ id }) => unless(terms.has(id)))),
    totals: recordsOf(count.take('totals', ({ id }) => unless(terms.has(id)))),
    redeemed: recordsOf(count.take('redeemed', ({ record }) => unless(terms.has(record.certificateId)))),
  };
}

/** What a payment pays, as far as records of the payment have to agree with it. */
type Asked = Pick<BookRecord<'presentment'>, 'bankMsp' | 'payeeBankMsp' | 'currency' | 'amount'>;

/** A leg of money, as what a payment pays. */
const askedByLeg = ({ id, cash, currency, amount }: BookRecord<'leg'>): readonly (readonly [string, Asked])[] =>
  cash === undefined ? [] : [[id, { bankMsp: cash.payerBankMsp, payeeBankMsp: cash.payeeBankMsp, currency, amount }]];

/** Presentments, and what is said of payments, which counts only beside the presentment or the leg that it fits. */
function ofPayments(count: Count, legs: readonly BookRecord<'leg'>[]): Pick<CountedRecords, OfPayments> {
  const presentments = byId(recordsOf(count.take('presentment')));
  const asking = new Map(legs.flatMap(askedByLeg));
  const about =
    ({ presentmentId, legId = '' }: Paid) =>
    (holds: (asked: Asked) => boolean): SetAsideReason | undefined => {
      const found = presentmentId === undefined ? asking.get(legId) : presentments.get(presentmentId);
      if (found !== undefined && holds(found)) return undefined;
      return presentmentId === undefined ? 'LEG_DIFFERS' : 'PRESENTMENT_DIFFERS';
    };
  const ofPayeeBank = (said: BookRecord<'attestation' | 'return'>, asked: Asked): boolean =>
    isForBank(said, asked) && said.payeeBankMsp === asked.payeeBankMsp;
  return {
    presentment: [...presentments.values()],
    payment: recordsOf(
      count.take('payment', ({ record }) =>
        about(record)((asked) => isForBank(record, asked) && isPartOf(record, asked)),
      ),
    ),
    attestation: recordsOf(
      count.take('attestation', ({ record }) =>
        about(record)((asked) => ofPayeeBank(record, asked) && isPartOf(record, asked)),
      ),
    ),
    return: recordsOf(
      count.take('return', ({ record }) =>
        about(record)((asked) => ofPayeeBank(record, asked) && isPartOf(record, asked)),
      ),
    ),
    acknowledgement: recordsOf(
      count.take('acknowledgement', ({ record }) => {
        const asked = presentments.get(record.id);
        const isMeant = asked !== undefined && isForBank(record, asked) && speaksFor(record, asked);
        return isMeant ? undefined : 'PRESENTMENT_DIFFERS';
      }),
    ),
  };
}

/** Whether it is what was asked for, or a part of it: payments may be made in parts, and what comes back may be a part of what was paid. */
const isPartOf = ({ amount }: { readonly amount: string }, asked: Asked): boolean =>
  BigInt(amount) <= BigInt(asked.amount);

/** Whether somebody acknowledges who may: the holder, or its stand-in, and the amount that was presented. */
const speaksFor = ({ byMsp, amount }: BookRecord<'acknowledgement'>, asked: BookRecord<'presentment'>): boolean =>
  amount === asked.amount && [asked.holderMsp, asked.standIn?.mspId].includes(byMsp);

/** Whether a record is about a payment by the bank that is asked to pay, in the currency that is asked for. */
const isForBank = (
  { bankMsp, currency }: { readonly bankMsp: string; readonly currency: string },
  asked: Asked,
): boolean => bankMsp === asked.bankMsp && currency === asked.currency;
/** Whether face and terms are those of one certificate. */
const fits = (face: BookRecord<'face'>, terms: View<'terms'> | undefined): boolean =>
  terms !== undefined &&
  terms.record.issuer === face.issuer &&
  terms.record.bank === face.bank &&
  terms.record.currency === face.currency;

/** Whether a slice is a part of the certificate with these terms, as its payee accepted them. */
const isPart = (slice: BookRecord<'slice'>, terms: View<'terms'> | undefined): boolean =>
  terms !== undefined &&
  slice.termsHash === sha256Of(Buffer.from(terms.opening)) &&
  slice.currency === terms.record.currency &&
  registerOf(slice.id) === terms.record.bankMsp;
