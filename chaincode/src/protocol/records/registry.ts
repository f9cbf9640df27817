/** Records of the registry: the only public state. */
import { z } from 'zod';
import { isLei } from '../identifiers.js';
import { LIMITS } from '../limits.js';
import { zCount, zDate, zHash, zId, zMsp, zParty, zText } from '../schemas.js';
import { zStandIn } from './building.js';

/** The roles that a party can have. One party may have several. */
export const ROLES = ['issuer', 'supplier', 'bank', 'operator', 'regulator'] as const;
/** A role of a party. */
export type Role = (typeof ROLES)[number];
/** The duties that an operator can have. A viewer only reads. */
export const DUTIES = ['maker', 'checker', 'viewer'] as const;
/** A duty of an operator. */
export type Duty = (typeof DUTIES)[number];

const schema = <Name extends string>(name: Name): z.ZodLiteral<Name> => z.literal(name);

/** Counts the changes of a record, so that votes on what stood before one are not taken for votes on what stands after it. */
const version = { version: zCount };

const zRegistry = z.strictObject({
  schema: schema('tenor.registry/1'),
  founders: z.array(zMsp).max(LIMITS.founders),
  ...version,
  /** SHA-256 of the founding record's bytes, the same in every book that adopted it. */
  founding: zHash,
});

const zPartyRecord = z.strictObject({
  schema: schema('tenor.party/1'),
  /** LEI or USCI, under which the party is registered and named. */
  id: zParty,
  /** Its USCI where the first id is an LEI, and its LEI where that is a USCI. A change that leaves it out keeps it. Requests name the party by the first id alone. */
  otherId: zParty.optional(),
  name: zText,
  /** The organisation that acts for the party. */
  mspId: zMsp,
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  /** Small or medium enterprise in the sense of State Council Order 802. */
  sme: z.boolean(),
  status: z.enum(['ACTIVE', 'SUSPENDED']),
  ...version,
});

const zPartyId = z.strictObject({
  schema: schema('tenor.partyId/1'),
  /** The second id of a party. */
  id: zParty,
  /** The id under which that party is registered, for good: also where the party has got another second id since. */
  party: zParty,
});

const zOperator = z.strictObject({
  schema: schema('tenor.operator/1'),
  mspId: zMsp,
  /** SHA-256 over issuer and subject name of the certificate, in hex. */
  identity: zHash,
  duties: z.array(z.enum(DUTIES)).max(DUTIES.length),
  parties: z.array(zParty).max(50),
  ...version,
});

const zPolicy = z.strictObject({
  version: zCount,
  effectiveFrom: zDate,
  /** Longest tenor in calendar months, from the business date of submission. A day that the last month lacks is its last day. */
  maxTenorMonths: zCount,
  /** A tenor of more months than this needs a justification. */
  justifyBeyondMonths: zCount,
  /** Longest time from delivery to due date, in days, when the payee is an SME. */
  smePaymentDays: zCount,
  /** Transfers that a slice may go through. */
  maxTier: zCount,
  /** Parts of one split. */
  maxChildren: z.number().int().min(2).max(LIMITS.splitParts),
  /** Days after the payment date that a notice of non-payment would wait. Not used by this release. */
  graceDays: zCount,
  /**
   * Who may speak for a payee that was paid and stays silent, where its bank would prove what it gains by. Each presentment at the bank of its payer, and each leg
   * of money of a batch, names the first whose organisation has no part in it.
   */
  standIns: z.array(zStandIn).max(LIMITS.standIns),
});

const zPolicies = z.strictObject({
  schema: schema('tenor.policies/1'),
  versions: z.array(zPolicy).max(LIMITS.policies),
});

const zCalendar = z.strictObject({
  schema: schema('tenor.calendar/1'),
  id: zText,
  version: zCount,
  /** Non-working weekdays, 0 = Monday … 6 = Sunday. */
  weekend: z.array(z.number().int().min(0).max(6)).max(6),
  holidays: z.array(zDate).max(LIMITS.calendarDates),
  /** Working days on a weekend, as China sets them around holidays. */
  extraWorkdays: z.array(zDate).max(LIMITS.calendarDates),
  /** The last day for which it knows them. A later date is refused, and not taken for a working day. */
  until: zDate,
});

const zBusinessDate = z.strictObject({
  schema: schema('tenor.businessDate/1'),
  date: zDate,
  /** The calendar whose business days it steps by. */
  calendar: zText,
  /** Organisations of which two people alone may step it by one business day once it has fallen a week behind. The founders name them. */
  keepers: z.array(zMsp).max(LIMITS.founders),
  ...version,
});

const zBanks = z.strictObject({
  schema: schema('tenor.banks/1'),
  /** Organisations that have, or once had, a bank: their books may hold claims. */
  mspIds: z.array(zMsp).max(LIMITS.banks),
  /** Those of them that have banks which are not suspended, and how many. A step of the business date needs one of these. */
  active: z.array(z.strictObject({ mspId: zMsp, parties: zCount })).max(LIMITS.banks),
});

const zDeparture = z.strictObject({
  mspId: zMsp,
  /**
   * LEAVING: its parties take on nothing new, and what it vouched for is preserved. LEFT: its book is asked and written no more, and
   * what was preserved stands in its place.
   */
  state: z.enum(['LEAVING', 'LEFT']),
});

const zDepartures = z.strictObject({
  schema: schema('tenor.departures/1'),
  /** Counts the changes, so that what was decided before one is not taken for what was decided after it. */
  version: zCount,
  organizations: z.array(zDeparture).max(LIMITS.departures),
});

const zVoucher = z.strictObject({
  schema: schema('tenor.voucher/1'),
  /** The organisation whose book held the record. */
  mspId: zMsp,
  kind: zText,
  id: zText,
  /** SHA-256 of the record's bytes; empty where the record was preserved and given up since, as a claim that was released. */
  hash: z.union([zHash, z.literal('')]),
});

const partyChange = z.strictObject({
  kind: z.literal('party'),
  party: zPartyRecord
    .omit({ schema: true, version: true })
    .refine(({ id, otherId }) => otherId === undefined || isLei(id) !== isLei(otherId), {
      error: 'REQUEST_MALFORMED',
      path: ['otherId'],
    }),
});
const operatorChange = z.strictObject({
  kind: z.literal('operator'),
  operator: zOperator.omit({ schema: true, mspId: true, version: true }),
});
const policyChange = z.strictObject({ kind: z.literal('policy'), policy: zPolicy });
const calendarChange = z.strictObject({ kind: z.literal('calendar'), calendar: zCalendar.omit({ schema: true }) });
/** A step forward, by operators. */
const dateChange = z.strictObject({ kind: z.literal('businessDate'), date: zDate });
/** The first date, a larger step, or the correction of a wrong one, by the founders. */
const dateSetChange = z.strictObject({
  kind: z.literal('businessDateSet'),
  ...zBusinessDate.omit({ schema: true, version: true }).shape,
});
const departureChange = z.strictObject({
  kind: z.literal('departure'),
  departure: z.strictObject({
    mspId: zMsp,
    /** MEMBER: it stays after all, or has come back. */
    state: z.enum(['LEAVING', 'LEFT', 'MEMBER']),
  }),
});
const foundersChange = z.strictObject({
  kind: z.literal('founders'),
  founders: z.array(zMsp).min(2).max(LIMITS.founders),
});

/** One change that a registry proposal asks for. */
export const zChange = z.discriminatedUnion(
  'kind',
  [
    partyChange,
    operatorChange,
    policyChange,
    calendarChange,
    dateChange,
    dateSetChange,
    foundersChange,
    departureChange,
  ],
  { error: 'REQUEST_MALFORMED' },
);
/** One change that a registry proposal asks for. */
export type Change = z.infer<typeof zChange>;

const zApproval = z.strictObject({
  mspId: zMsp,
  identity: zHash,
  /** In a step of the business date: the day on which the client says that it made the transaction. */
  claimedDate: zDate.optional(),
});

const zProposal = z.strictObject({
  schema: schema('tenor.proposal/1'),
  id: zId,
  changes: z.array(zChange).min(1).max(LIMITS.changesPerProposal),
  proposer: z.strictObject({ mspId: zMsp, identity: zHash }),
  approvals: z.array(zApproval).max(LIMITS.founders),
  /** The business date on which it was made; null before there was one. It can be approved for some weeks. */
  proposedOn: zDate.nullable(),
  /** SHA-256 of the registry records that it changes, as they stood when it was made. Once they have moved it applies no more. */
  basis: zHash,
  state: z.enum(['OPEN', 'APPLIED']),
});

/** Record kinds in public state, by the first part of their key. */
export const PUBLIC_RECORDS = {
  registry: zRegistry,
  party: zPartyRecord,
  partyId: zPartyId,
  operator: zOperator,
  policies: zPolicies,
  calendar: zCalendar,
  businessDate: zBusinessDate,
  banks: zBanks,
  departures: zDepartures,
  voucher: zVoucher,
  proposal: zProposal,
} as const;

/** First part of a public key. */
export type PublicKind = keyof typeof PUBLIC_RECORDS;
/** The record of a kind, as stored in public state. */
export type PublicRecord<Kind extends PublicKind> = z.infer<(typeof PUBLIC_RECORDS)[Kind]>;

/** The rules in force for certificates submitted under them. */
export type Policy = z.infer<typeof zPolicy>;
