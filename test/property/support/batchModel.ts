/**
 * A model of batches and of the money outside: what each leg, each account and each bank has done so far, and which step may be taken. The rules are written
 * anew from docs/ARCHITECTURE.md, in terms of what has happened, and know no record.
 */
import {
  HANDED,
  isExchanged,
  isNetted,
  isOfPair,
  isOneAudience,
  lock,
  mayLock,
  mayRealise,
  realise,
  seesAll,
  unlock,
} from './batchKinds.js';
import {
  at,
  isAsset,
  isMoney,
  isOver,
  legsOf,
  membersOf,
  partiesOf,
  stands,
  wasInstructed,
  type Attempt,
  type BatchModel,
  type LegModel,
  type Model,
  type Rule,
  type Said,
} from './batchLegs.js';
import type { PartyName } from './memoryWorld.js';

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

const mayInstruct: Rule = (model, { batch, leg, who }) => {
  const isOpen = leg.state === 'DRAWN' && who === leg.sender && !isOver(model)(leg);
  return isOpen && (isMoney(leg) ? isOfPair(batch, leg) : mayLock(model, leg));
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

/** The payment in whose place a further one of a leg would be made: the last one, or where that went unpaid, what that one was to replace. */
const replacedBy = ({ reported }: Model, leg: LegModel): string | undefined =>
  leg.sent !== undefined && wentUnpaid(reported.get(at(leg.payerBank, leg.sent)), leg) ? leg.replaced : leg.sent;

/** What a committed batch has paid stays paid, unless it came back: then the leg is owed again. */
function isOwedAgain(model: Model, { outcome }: BatchModel, leg: LegModel): boolean {
  const before = replacedBy(model, leg);
  if (leg.what !== 'CREDIT' || outcome !== 'COMMITTED' || before === undefined) return false;
  // A bank that has sent back another payment under this UETR is shown its own word first, which is not the one that counts.
  const isOwnFirst = leg.payerBank !== leg.payeeBank && model.returned.has(at(leg.payerBank, before));
  return !isOwnFirst && model.returned.get(at(leg.payeeBank, before)) === leg;
}

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
  return leg.sent === uetr || (isEnded(model, leg) && (isOrdered(batch, leg) || isOwedAgain(model, batch, leg)));
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
  // A pledgee that is silent keeps nothing locked: whoever holds what it was to give back puts it into its pledge again.
  const mayAsk = who === leg.sender || (leg.what === 'UNPLEDGE' && who === leg.receiver);
  if (isMoney(leg) || leg.state !== 'INSTRUCTED' || !mayAsk) return false;
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
    legsOf(batch, who).some(({ receiver }) => receiver === who) &&
    isNetted(batch, who) &&
    isExchanged(model, batch, who),
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
  // Outcome and handover at once, where all may see all of it.
  settle: (model, attempt) => {
    const { batch, who } = attempt;
    return mayCommit(model, attempt) && allApproved(batch) && isOneAudience(batch) && seesAll(batch, who);
  },
  abort: mayAbort,
  release: mayRelease,
  complete: (_model, { batch, leg, who }) =>
    isAsset(leg) &&
    batch.outcome === 'COMMITTED' &&
    leg.state === 'INSTRUCTED' &&
    [leg.sender, leg.receiver, leg.register].includes(who),
  realise: (model, { leg, who }) => mayRealise(model, leg, who),
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
    if (isAsset(leg) && slice !== undefined) lock(slice, leg);
  },
  approve: (_model, { batch, who }) => void batch.said.set(who, 'APPROVED'),
  decline: (_model, { batch, who }) => void batch.said.set(who, 'DECLINED'),
  agree: (_model, { batch }) => void (batch.outcome = 'AGREED'),
  block: (_model, { leg }) => void (leg.isBlocked = true),
  unblock: (_model, { leg }) => void (leg.isBlocked = false),
  report: (model, { batch, leg, who, uetr, status }) => {
    const { reported } = model;
    if (leg.sent !== uetr) leg.replaced = isOwedAgain(model, batch, leg) ? replacedBy(model, leg) : undefined;
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
  release: ({ slices }, { leg, who }) => {
    leg.state = 'RELEASED';
    const slice = slices[leg.slice];
    if (slice !== undefined) unlock(slice, who);
  },
  settle: (model, { batch }) => {
    batch.outcome = 'COMMITTED';
    for (const leg of batch.legs) if (isAsset(leg)) handOver(model, leg);
  },
  complete: (model, { leg }) => {
    handOver(model, leg);
  },
  realise: ({ slices }, { leg }) => {
    const slice = slices[leg.slice];
    if (slice !== undefined) realise(slice);
  },
};

function handOver({ slices }: Model, leg: LegModel): void {
  leg.state = 'MOVED';
  const slice = slices[leg.slice];
  if (slice !== undefined) HANDED[leg.what]?.(slice, leg);
}
