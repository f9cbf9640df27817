/** What a model of batches knows: legs, batches, slices, payments, and who has to do with them. */
import type { SheetRow } from '../../../chaincode/src/protocol/records/index.js';
import type { Keeper } from './batchWorld.js';
import type { PartyName } from './memoryWorld.js';

/** A bank. */
export type BankName = Keeper | 'thirdBank';

/** A rate at which two legs are exchanged, as one of them says it. */
export interface ExchangeModel {
  readonly baseLegId: string;
  readonly quoteLegId: string;
  /** So many minor units of the quote currency for `denominator` minor units of the base currency. */
  readonly numerator: string;
  readonly denominator: string;
  readonly residual: string;
  readonly source: string;
  readonly validUntil: string;
}

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
  /** Payment date of the slice. */
  readonly dueOn?: string;
  /** Last day on which a pledge can be redeemed. */
  readonly pledgedUntil?: string;
  /** Of a batch that nets what its parties owe each other. */
  readonly nets?: true;
  readonly exchange?: ExchangeModel;
  row: SheetRow | undefined;
  state: 'DRAWN' | 'INSTRUCTED' | 'RELEASED' | 'MOVED';
  isBlocked: boolean;
  /** The payment that is on its way, by the word of the payer's bank. */
  sent: string | undefined;
  /** The payment that came in, by the word of the payee's bank, and did not go back. */
  credited: string | undefined;
  isDenied: boolean;
  isAcknowledged: boolean;
  /** A payment before the one that is on its way had arrived, by the word of the payer's bank. */
  isAfterArrival: boolean;
  /** The payment that came back, and in whose place the one on its way is made. */
  replaced: string | undefined;
}

/** A batch. */
export interface BatchModel {
  readonly legs: readonly LegModel[];
  readonly said: Map<PartyName, 'APPROVED' | 'DECLINED'>;
  outcome: 'AGREED' | 'COMMITTED' | 'ABORTED' | undefined;
}

/** To whom a slice is pledged, and until when it can be redeemed. */
interface Pledge {
  readonly pledgee: PartyName;
  readonly until: string;
  /** The holder has put it back while the pledgee was silent. The pledgee's copy is of before, until somebody shows it the slice again. */
  readonly isUntold?: true;
}

/** A slice, as it is stored. */
export interface SliceModel {
  holder: PartyName;
  state: 'FREE' | 'ALLOCATED' | 'PLEDGED' | 'PAID';
  /** It stays so while it is allocated to be given back. */
  pledge?: Pledge | undefined;
}

/** What a bank has said of a payment. */
export interface Said {
  readonly leg: LegModel;
  readonly status: string;
}

/** Everything. */
export interface Model {
  date: string;
  readonly batches: readonly BatchModel[];
  readonly slices: SliceModel[];
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

/** A rule: whether the step may be taken now. */
export type Rule = (model: Model, attempt: Attempt) => boolean;

export const isMoney = ({ what }: Pick<LegModel, 'what'>): boolean => what === 'CREDIT' || what === 'BLOCK';
export const isAsset = (leg: Pick<LegModel, 'what'>): boolean => !isMoney(leg);
export const stands = ({ state }: LegModel): boolean => state === 'INSTRUCTED' || state === 'MOVED';
export const wasInstructed = ({ state }: LegModel): boolean => state !== 'DRAWN';
export const isOver =
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
