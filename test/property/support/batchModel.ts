/**
 * A model of batches and of the money outside: what each leg, each account and each bank has done so far, and which step may be taken. The rules are written
 * anew from docs/ARCHITECTURE.md, in terms of what has happened, and know no record.
 */
import type { SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import type { Keeper } from './batchWorld.js';
import type { PartyName } from './memoryWorld.js';

/** A bank. */
export type BankName = Keeper | 'thirdBank';

/** A leg, and what has happened to it. */
export interface LegModel {
  readonly id: string;
  readonly what: SheetRow['what'];
  readonly register: BankName;
  readonly sender: PartyName;
  readonly receiver: PartyName;
  /** Of money. */
  readonly payerBank: BankName;
  readonly payeeBank: BankName;
  /** Index of the slice. */
  readonly slice: number;
  readonly amount: string;
  readonly currency: 'USD' | 'CNY';
  readonly expiresOn: string;
  /** By this leg the sender of a slice is paid. */
  readonly inReturn: string;
  row: SheetRow | undefined;
  state: 'DRAWN' | 'INSTRUCTED' | 'RELEASED' | 'MOVED';
  isBlocked: boolean;
  /** The payment that is on its way, by the word of the payer's bank. */
  sent: string | undefined;
  /** A payment before it had arrived, by that word. */
  isAfterArrival: boolean;
  /** The payment that came in, by the word of the payee's bank, and did not go back. */
  credited: string | undefined;
  isDenied: boolean;
  isAcknowledged: boolean;
}

/** A batch. */
export interface BatchModel {
  readonly legs: readonly LegModel[];
  readonly said: Map<PartyName, 'APPROVED' | 'DECLINED'>;
  outcome: 'AGREED' | 'COMMITTED' | 'ABORTED' | undefined;
}

/** What a bank has said of a payment. */
interface Said {
  readonly leg: LegModel;
  readonly status: string;
}

/** Everything. */
export interface Model {
  date: string;
  readonly batches: readonly BatchModel[];
  readonly slices: { holder: PartyName; state: 'FREE' | 'ALLOCATED' | 'PAID' }[];
  /** By bank and UETR. */
  readonly reported: Map<string, Said>;
  readonly attested: Map<string, LegModel>;
  readonly returned: Map<string, LegModel>;
}

/** A step that somebody tries. */
export interface Attempt {
  readonly batch: BatchModel;
  readonly leg: LegModel;
  readonly who: PartyName;
  readonly uetr: string;
  readonly status: 'ACSP' | 'ACCC' | 'RJCT';
}

const isAsset = ({ what }: LegModel): boolean => what === 'SLICE' || what === 'SURRENDER';
const isMoney = (leg: LegModel): boolean => !isAsset(leg);
const stands = ({ state }: LegModel): boolean => state === 'INSTRUCTED' || state === 'MOVED';
const wasInstructed = ({ state }: LegModel): boolean => state !== 'DRAWN';
const isOver =
  ({ date }: Model) =>
  ({ expiresOn }: LegModel): boolean =>
    expiresOn < date;
/** By bank and UETR. */
export const at = (bank: PartyName, uetr: string): string => `${bank} ${uetr}`;
/** Organisations that give or take. */
export const partiesOf = ({ legs }: BatchModel): readonly PartyName[] => [
  ...new Set(legs.flatMap(({ sender, receiver }) => [sender, receiver])),
];
/** Organisations that have to do with a batch. */
export const membersOf = ({ legs }: BatchModel): readonly PartyName[] => [
  ...new Set(
    legs.flatMap((leg) => [
      ...[leg.register, leg.sender, leg.receiver],
      ...(isMoney(leg) ? [leg.payerBank, leg.payeeBank] : []),
    ]),
  ),
];
/** The legs that an organisation gives or takes. */
export const legsOf = ({ legs }: BatchModel, who: PartyName): readonly LegModel[] =>
  legs.filter(({ sender, receiver }) => sender === who || receiver === who);

/** Whether no money is out for a leg: none was sent and none came, or the bank to which it was to come says that none did. */
const isClear = ({ what, sent, credited, isDenied }: LegModel): boolean =>
  what !== 'CREDIT' || isDenied || (sent === undefined && credited === undefined);

/** Whether the payee's bank is of the payer's side, so that only the payee knows whether the money came. */
const isKnownToPayee = ({ what, payerBank, payeeBank, sender, receiver }: LegModel): boolean =>
  what === 'CREDIT' && payeeBank !== receiver && (payeeBank === payerBank || payeeBank === sender);

/** Who says that the money of a leg did not come. */
export const denierOf = (leg: LegModel): PartyName => (isKnownToPayee(leg) ? leg.receiver : leg.payeeBank);

/** Whether the payee has to say itself that its money came: its bank pays too, or gains by what the payee gives. */
export const needsPayee = ({ legs }: BatchModel, leg: LegModel): boolean => {
  const { what, payeeBank, receiver } = leg;
  const gains = legs.some(
    (each) => isAsset(each) && each.sender === receiver && [each.register, each.receiver].includes(payeeBank),
  );
  return isKnownToPayee(leg) || (what === 'CREDIT' && payeeBank !== receiver && gains);
};

/** Whether the money of a leg is there, by the word of those who do not gain by it. */
const isProven =
  (batch: BatchModel) =>
  (leg: LegModel): boolean => {
    if (leg.what === 'BLOCK') return leg.isBlocked;
    return isAsset(leg) || (leg.credited !== undefined && (leg.isAcknowledged || !needsPayee(batch, leg)));
  };

/** Who proves money apart from those who have a slice, give it and take it. */
const isApart = ({ register, sender, receiver }: LegModel, prover: PartyName): boolean =>
  ![register, sender, receiver].includes(prover);

/** Whether who takes a slice, and pays for it, can have it without the holder: the lock names somebody who proves that payment, if anybody apart does. */
function isWithinReach({ legs }: BatchModel, leg: LegModel): boolean {
  const provers = legs
    .filter((paid) => isMoney(paid) && paid.sender === leg.receiver && paid.receiver === leg.sender)
    .filter(({ register }) => isApart(leg, register));
  const named = legs.find(({ id }) => id === leg.inReturn);
  return provers.length === 0 || provers.some(({ register }) => register === named?.register);
}

const allApproved = (batch: BatchModel): boolean =>
  partiesOf(batch).every((party) => batch.said.get(party) === 'APPROVED');

/** Whether a payment that a bank reported will not arrive. */
const wentUnpaid = (said: Said | undefined, leg: LegModel): boolean =>
  said !== undefined && (said.status === 'RJCT' || said.leg !== leg);

/** A rule: whether the step may be taken now. */
type Rule = (model: Model, attempt: Attempt) => boolean;

const mayInstruct: Rule = (model, { leg, who }) => {
  const isOpen = leg.state === 'DRAWN' && who === leg.sender && !isOver(model)(leg);
  if (!isOpen || isMoney(leg)) return isOpen;
  const slice = model.slices[leg.slice];
  return slice?.state === 'FREE' && slice.holder === who;
};

/** Whether a bank may say something new of a payment: another word on one that is under way, or a first one under a UETR that paid nothing. */
function isReplaceable(before: Said | undefined, leg: LegModel): boolean {
  if (before === undefined) return true;
  return before.leg === leg ? before.status !== 'ACCC' : before.status === 'RJCT';
}

/** Whether the payment that was sent for a leg, if one was, is over: another one may be sent. */
function isEnded({ reported }: Model, leg: LegModel): boolean {
  if (leg.sent === undefined) return true;
  const marked = reported.get(at(leg.payerBank, leg.sent));
  return wentUnpaid(marked, leg) || marked?.status === 'ACCC';
}

/** Money that was blocked is sent when the batch is committed, other money when it is agreed and while everything is still allocated. */
const isOrdered = ({ legs, outcome }: BatchModel, { what }: LegModel): boolean =>
  what === 'BLOCK'
    ? outcome === 'COMMITTED'
    : outcome === 'AGREED' && legs.every((each) => isMoney(each) || stands(each));

/** UETRs of payments of a leg that came and did not go back, by the word of the payee's bank. Every payment here is of the whole amount, so one is all that is due. */
const cameOf = ({ attested, returned }: Model, leg: LegModel): readonly string[] =>
  [...attested]
    .filter(([place, paid]) => paid === leg && !returned.has(place))
    .map(([place]) => place.split(' ')[1] ?? '');

/**
 * Whether nothing is outstanding any more for a payment of which nothing was said yet. What the payer's bank knows to have been rejected has not arrived.
 */
const isPaidBeside = (model: Model, leg: LegModel, uetr: string): boolean => {
  const said = (other: string): Said | undefined => model.reported.get(at(leg.payerBank, other));
  if (leg.sent === uetr && said(uetr)?.leg === leg) return false;
  // A bank that has attested another payment under such a UETR is shown its own word first, which is not the one that counts.
  const isOwn = (other: string): boolean =>
    leg.payerBank !== leg.payeeBank && model.attested.has(at(leg.payerBank, other));
  return cameOf(model, leg).some((other) => other !== uetr && (isOwn(other) || !wentUnpaid(said(other), leg)));
};

const mayReport: Rule = (model, { batch, leg, who, uetr }) => {
  if (isAsset(leg) || who !== leg.payerBank || !wasInstructed(leg)) return false;
  if (!isReplaceable(model.reported.get(at(who, uetr)), leg) || isPaidBeside(model, leg, uetr)) return false;
  return leg.sent === uetr || (isEnded(model, leg) && isOrdered(batch, leg));
};

const mayAttest: Rule = (model, { leg, who, uetr }) => {
  const { attested, returned } = model;
  if (isAsset(leg) || who !== leg.payeeBank || !wasInstructed(leg)) return false;
  if (attested.has(at(who, uetr)) || returned.has(at(who, uetr))) return false;
  return cameOf(model, leg).length === 0 && (leg.what === 'BLOCK' || !(leg.isDenied && denierOf(leg) === who));
};

const mayReturn: Rule = ({ attested, returned }, { leg, who, uetr }) => {
  if (isAsset(leg) || who !== leg.payeeBank || !wasInstructed(leg) || returned.has(at(who, uetr))) return false;
  const credited = attested.get(at(who, uetr));
  return credited === undefined || credited === leg;
};

/** Whether a payment is the one on its way for a leg. What becomes of it says nothing of money that arrived before it. */
const isLastWord = (leg: LegModel, uetr: string): boolean => isMoney(leg) && leg.sent === uetr && !leg.isAfterArrival;

const mayReopen: Rule = ({ reported, attested, returned }, { leg, who, uetr }) => {
  if (who !== leg.payerBank || !isLastWord(leg, uetr)) return false;
  const back = returned.get(at(leg.payeeBank, uetr));
  // A return of another leg is shown to those alone who have to do with it.
  // A bank that has sent back another payment under this UETR is shown its own word first, which is not the one that counts.
  if (who !== leg.payeeBank && returned.has(at(who, uetr))) return false;
  if (back === leg) return true;
  if (back !== undefined && [back.payerBank, back.payeeBank, back.receiver].includes(who)) return false;
  return !attested.has(at(leg.payeeBank, uetr)) && wentUnpaid(reported.get(at(who, uetr)), leg);
};

const mayRelease: Rule = (model, { batch, leg, who }) => {
  if (isMoney(leg) || leg.state !== 'INSTRUCTED' || who !== leg.sender) return false;
  if (batch.outcome === 'ABORTED') return true;
  if (batch.outcome === 'COMMITTED' || !isOver(model)(leg)) return false;
  return batch.outcome === undefined || batch.legs.every(isClear);
};

const mayCommit: Rule = (model, { batch, who }) => {
  if (!membersOf(batch).includes(who) || !batch.legs.every((leg) => stands(leg) && isProven(batch)(leg))) return false;
  if (batch.outcome === undefined) return allApproved(batch) && !batch.legs.some(isOver(model));
  return batch.outcome === 'AGREED' && !batch.legs.some((leg) => leg.what === 'BLOCK' && isOver(model)(leg));
};

const mayAbort: Rule = (model, { batch, leg, who }) => {
  if (!membersOf(batch).includes(who)) return false;
  if (batch.outcome === 'AGREED') return batch.legs.some(isOver(model)) && batch.legs.every(isClear);
  const [decliner] = declinersOf(batch, leg.sender);
  if (batch.outcome !== undefined || batch.said.get(decliner) !== 'DECLINED') return false;
  return batch.legs.every((each) => each.receiver !== decliner || stands(each));
};

/** Whose refusal an abort names: of somebody who has declined, else of the one that is told. */
export const declinersOf = ({ said }: BatchModel, otherwise: PartyName): readonly [PartyName] => [
  [...said].find(([, word]) => word === 'DECLINED')?.[0] ?? otherwise,
];

/** Every step. */
export const RULES = {
  instruct: mayInstruct,
  approve: (model, { batch, who }) =>
    partiesOf(batch).includes(who) &&
    !batch.said.has(who) &&
    legsOf(batch, who).every((leg) => stands(leg) && !isOver(model)(leg)) &&
    legsOf(batch, who).every((leg) => isMoney(leg) || leg.receiver !== who || isWithinReach(batch, leg)) &&
    legsOf(batch, who).some(({ receiver }) => receiver === who),
  decline: (_model, { batch, leg, who }) =>
    wasInstructed(leg) && (leg.sender === who || leg.receiver === who) && !batch.said.has(who),
  // Money is sent for what is agreed. So what is to be blocked is blocked before.
  agree: (model, { batch, who }) =>
    membersOf(batch).includes(who) &&
    batch.outcome === undefined &&
    allApproved(batch) &&
    batch.legs.every((leg) => stands(leg) && !isOver(model)(leg) && (leg.what !== 'BLOCK' || leg.isBlocked)),
  block: (model, { batch, leg, who }) =>
    leg.what === 'BLOCK' &&
    who === leg.payerBank &&
    stands(leg) &&
    batch.outcome === undefined &&
    !leg.isBlocked &&
    !isOver(model)(leg),
  unblock: (model, { batch, leg, who }) =>
    leg.what === 'BLOCK' &&
    who === leg.payerBank &&
    leg.isBlocked &&
    batch.outcome !== 'COMMITTED' &&
    (batch.outcome === 'ABORTED' || isOver(model)(leg)),
  report: mayReport,
  attest: mayAttest,
  return: mayReturn,
  acknowledge: (_model, { leg, who }) =>
    leg.what === 'CREDIT' &&
    who === leg.receiver &&
    who !== leg.payeeBank &&
    wasInstructed(leg) &&
    !leg.isAcknowledged &&
    !(leg.isDenied && denierOf(leg) === who),
  deny: (model, { leg, who }) =>
    leg.what === 'CREDIT' &&
    who === denierOf(leg) &&
    wasInstructed(leg) &&
    // In one book there is one word on a leg.
    !(who === leg.payeeBank && leg.credited !== undefined) &&
    !(who === leg.receiver && leg.isAcknowledged) &&
    !leg.isDenied &&
    Date.parse(model.date) >= Date.parse(leg.expiresOn) + 7 * 86_400_000,
  reopen: mayReopen,
  commit: mayCommit,
  abort: mayAbort,
  release: mayRelease,
  complete: (_model, { batch, leg, who }) =>
    isAsset(leg) &&
    batch.outcome === 'COMMITTED' &&
    leg.state === 'INSTRUCTED' &&
    [leg.sender, leg.receiver, leg.register].includes(who),
} satisfies Record<string, Rule>;

/** A step of a batch. */
export type Verb = keyof typeof RULES;

/** What a step changes. */
type Effect = (model: Model, attempt: Attempt) => void;

/** What each step changes. */
export const EFFECTS: { readonly [Each in Verb]: Effect } = {
  instruct: ({ slices }, { leg }) => {
    leg.state = 'INSTRUCTED';
    const slice = slices[leg.slice];
    if (isAsset(leg) && slice !== undefined) slice.state = 'ALLOCATED';
  },
  approve: (_model, { batch, who }) => void batch.said.set(who, 'APPROVED'),
  decline: (_model, { batch, who }) => void batch.said.set(who, 'DECLINED'),
  agree: (_model, { batch }) => void (batch.outcome = 'AGREED'),
  block: (_model, { leg }) => void (leg.isBlocked = true),
  unblock: (_model, { leg }) => void (leg.isBlocked = false),
  report: ({ reported }, { leg, who, uetr, status }) => {
    const before = leg.sent === undefined || leg.sent === uetr ? undefined : reported.get(at(who, leg.sent));
    if (before?.leg === leg && before.status === 'ACCC') leg.isAfterArrival = true;
    reported.set(at(who, uetr), { leg, status });
    leg.sent = uetr;
  },
  attest: ({ attested }, { leg, who, uetr }) => {
    attested.set(at(who, uetr), leg);
    if (leg.what === 'CREDIT') leg.credited = uetr;
  },
  return: ({ returned }, { leg, who, uetr }) => {
    returned.set(at(who, uetr), leg);
    // Money that was sent a second time and goes back leaves what came first where it is.
    if (leg.credited === uetr) leg.credited = undefined;
  },
  acknowledge: (_model, { leg }) => void (leg.isAcknowledged = true),
  deny: (_model, { leg }) => void (leg.isDenied = true),
  reopen: (_model, { leg }) => {
    leg.sent = undefined;
    leg.isAfterArrival = false;
  },
  commit: (_model, { batch }) => void (batch.outcome = 'COMMITTED'),
  abort: (_model, { batch }) => void (batch.outcome = 'ABORTED'),
  release: ({ slices }, { leg }) => {
    leg.state = 'RELEASED';
    const slice = slices[leg.slice];
    if (slice !== undefined) slice.state = 'FREE';
  },
  complete: ({ slices }, { leg }) => {
    leg.state = 'MOVED';
    const slice = slices[leg.slice];
    if (slice === undefined) return;
    slice.state = leg.what === 'SURRENDER' ? 'PAID' : 'FREE';
    if (leg.what === 'SLICE') slice.holder = leg.receiver;
  },
};
