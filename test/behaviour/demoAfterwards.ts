/**
 * What the demo's document must say of what is settled after the deal, written by hand: a promise of USD 10,000,000.00 is sold for cash, CNY 20,000,000.00
 * and CNY 13,000,000.00 are netted, and the CNY 7,000,000.00 between them are exchanged at 6.5.
 */
import type { Afterwards } from '../../examples/ansteel-rio-tinto/demo/afterwards.js';

const ISSUER = 'issuer (ansteel)';
const BANK = 'bank (icbc)';
const SUPPLIER = 'supplier (rio-tinto)';
const HARBOUR = 'second-bank (harbour)';
const SOUTHERN = 'third-bank (southern)';
const MSP: Readonly<Record<string, string>> = {
  [ISSUER]: 'IssuerMSP',
  [BANK]: 'BankMSP',
  [SUPPLIER]: 'SupplierMSP',
  [HARBOUR]: 'SecondBankMSP',
  [SOUTHERN]: 'ThirdBankMSP',
};

/** Whose books a step writes: those who have to endorse it. */
const books = (...parties: readonly string[]): string =>
  parties
    .map((party) => MSP[party] ?? '')
    .sort()
    .join(' ');
const one = (who: string, what: string, ...others: readonly string[]): string =>
  `${who} ${what} ${books(...(others.length === 0 ? [who.replace(/ \w+$/, '')] : others))}`;
/** The maker prepares in its own book; the checker's call writes these books. */
const two = (party: string, what: string, ...written: readonly string[]): string[] => [
  one(`${party} Maker`, `prepare to ${what}`, party),
  one(`${party} Checker`, what, ...written),
];

/** From nothing to an accepted promise. */
const issued = (issuer: string, bank: string, payee: string, amount: string): string[] => [
  one(`${bank} Maker`, `prepare line ${amount}`, bank),
  one(`${bank} Checker`, `open line ${amount}`, bank, issuer),
  one(`${issuer} Maker`, 'claim an invoice', bank, issuer, payee),
  one(`${bank} Checker`, 'confirm the claim', bank, issuer),
  one(`${issuer} Maker`, `draft ${amount}`, issuer),
  one(`${issuer} Checker`, 'submit; the line confirms at once', bank, issuer),
  one(`${bank} Checker`, 'offer to the payee', bank, payee),
  one(`${payee} Checker`, 'accept: the root slice', bank, payee),
];

const APPROVE = 'approve what it gives and gets';
const AGREE = 'agree the batch in all registers';
const COMMIT = 'commit the batch in all registers';

const DISCOUNT = [
  ...issued(ISSUER, BANK, SUPPLIER, 'USD 10000000.00'),
  one(`${SUPPLIER} Maker`, 'ask icbc for a price', SUPPLIER, BANK),
  one(`${SUPPLIER} Maker`, 'ask harbour for a price', SUPPLIER, HARBOUR),
  ...two(HARBOUR, 'quote 2.85 % a year, ACT/360', HARBOUR, SUPPLIER),
  // 122 days at 2.85 % are 96,583.33, and the fee is 100.00.
  ...two(SUPPLIER, 'accept USD 9903316.67', SUPPLIER, HARBOUR),
  ...two(SUPPLIER, 'lock a slice of USD 10000000.00', BANK, SUPPLIER, HARBOUR),
  // The confirming bank does not endorse the price.
  ...two(HARBOUR, 'instruct USD 9903316.67', HARBOUR, SUPPLIER, SOUTHERN),
  ...two(SUPPLIER, APPROVE, SUPPLIER),
  ...two(HARBOUR, APPROVE, HARBOUR),
  one(`${SUPPLIER} Checker`, AGREE, BANK, SUPPLIER, HARBOUR, SOUTHERN),
  one(`${HARBOUR} Maker`, 'enter it in the registry of movables', HARBOUR),
  one(`${HARBOUR} Checker`, 'pay USD 9903316.67, report ACCC', HARBOUR),
  ...two(SOUTHERN, 'attest USD 9903316.67', SOUTHERN, HARBOUR),
  one(`${SUPPLIER} Checker`, COMMIT, BANK, SUPPLIER, HARBOUR, SOUTHERN),
  one(`${HARBOUR} Checker`, 'take over the slice of USD 10000000.00', BANK, SUPPLIER, HARBOUR),
];

const NETTING = [
  `${ISSUER} Admin propose that both may promise and hold majority`,
  `${BANK} Admin approve that both may promise and hold majority`,
  `${SUPPLIER} Admin approve that both may promise and hold majority`,
  ...issued(ISSUER, BANK, SUPPLIER, 'CNY 20000000.00'),
  ...issued(SUPPLIER, SOUTHERN, ISSUER, 'CNY 13000000.00'),
  ...two(SUPPLIER, 'lock a slice of CNY 20000000.00', BANK, SUPPLIER, ISSUER),
  ...two(ISSUER, 'lock a slice of CNY 13000000.00', SOUTHERN, SUPPLIER, ISSUER),
  ...two(ISSUER, 'instruct CNY 7000000.00', ISSUER, SUPPLIER, BANK, SOUTHERN),
  one(`${SUPPLIER} Maker`, 'prepare to approve without the money', SUPPLIER),
  ...two(SUPPLIER, APPROVE, SUPPLIER),
  ...two(ISSUER, APPROVE, ISSUER),
  one(`${ISSUER} Checker`, AGREE, BANK, SUPPLIER, ISSUER, SOUTHERN),
  one(`${BANK} Checker`, 'pay CNY 7000000.00, report ACCC', BANK),
  ...two(SOUTHERN, 'attest CNY 7000000.00', SOUTHERN, BANK),
  one(`${ISSUER} Checker`, COMMIT, BANK, SUPPLIER, ISSUER, SOUTHERN),
  one(`${ISSUER} Checker`, 'close the slice of CNY 20000000.00', BANK, SUPPLIER, ISSUER),
  one(`${SUPPLIER} Checker`, 'close the slice of CNY 13000000.00', SOUTHERN, SUPPLIER, ISSUER),
  one(`${BANK} Checker`, 'redeem: count what is paid', BANK, ISSUER),
  one(`${SOUTHERN} Checker`, 'redeem: count what is paid', SOUTHERN, SUPPLIER),
];

const EXCHANGE = [
  ...two(SUPPLIER, 'instruct CNY 7000000.00', SUPPLIER, HARBOUR, SOUTHERN),
  ...two(HARBOUR, 'instruct USD 1076923.07', SUPPLIER, HARBOUR, SOUTHERN),
  ...two(SUPPLIER, APPROVE, SUPPLIER),
  ...two(HARBOUR, APPROVE, HARBOUR),
  ...two(SOUTHERN, 'block CNY 7000000.00', SOUTHERN),
  ...two(HARBOUR, 'block USD 1076923.07', HARBOUR),
  one(`${SUPPLIER} Checker`, COMMIT, SUPPLIER, HARBOUR, SOUTHERN),
  one(`${SOUTHERN} Checker`, 'pay CNY 7000000.00, report ACCC', SOUTHERN),
  ...two(HARBOUR, 'attest CNY 7000000.00', HARBOUR, SOUTHERN),
  one(`${HARBOUR} Checker`, 'pay USD 1076923.07, report ACCC', HARBOUR),
  ...two(SOUTHERN, 'attest USD 1076923.07', SOUTHERN, HARBOUR),
];

/** Who, what, and the organisations whose endorsement it needs. */
export const STEPS_AFTERWARDS: readonly string[] = [...DISCOUNT, ...NETTING, ...EXCHANGE];

export const REFUSALS_AFTERWARDS = [
  [`${HARBOUR} Checker`, 'commit before the money has come', 'NOT_PROVEN'],
  [`${HARBOUR} Checker`, 'take the slice before the commitment', 'OUTCOME_MISSING'],
  [`${SUPPLIER} Checker`, 'approve without the money', 'NET_MISMATCH'],
  [`${SUPPLIER} Checker`, 'commit while one amount is not blocked', 'NOT_PROVEN'],
];

/** The slice that was sold is Harbour Bank's; what was netted is paid; the lines of both are whole again. */
export const POSITIONS_AFTERWARDS = [
  `${ISSUER}, Ansteel International Trade: line CNY 20000000.00 0.00 drawn at bank issuer`,
  `${ISSUER}, Ansteel International Trade: line USD 10000000.00 10000000.00 drawn at bank issuer`,
  `${ISSUER}, Ansteel International Trade: slice CNY 13000000.00 PAID at issuer supplier third-bank`,
  `${SUPPLIER}, Rio Tinto Iron Ore: line CNY 13000000.00 0.00 drawn at supplier third-bank`,
  `${SUPPLIER}, Rio Tinto Iron Ore: slice CNY 20000000.00 PAID at bank issuer supplier`,
  `${HARBOUR}, Harbour Bank: slice USD 10000000.00 FREE at bank second-bank supplier`,
];

const CONTRACTOR = 'contractor (pilbara-mining)';
const OPERATOR = 'operator (baowu)';
const ALL = [ISSUER, BANK, SUPPLIER, CONTRACTOR, OPERATOR, HARBOUR, SOUTHERN];

type Told = Readonly<Record<string, readonly string[]>>;

/** Who sees which legs; whoever is not named sees none. */
const seen = (legs: number, told: Told): object[] =>
  ALL.map((who) => ({ who, legs: told[who] ?? [], hidden: legs - (told[who]?.length ?? 0) }));

const SOLD = 'USD 10000000.00 rio-tinto > harbour: a slice';
const PRICE = 'USD 9903316.67 harbour > rio-tinto: money';
const ORE = 'CNY 20000000.00 rio-tinto > ansteel: a slice, back to its issuer';
const STEEL = 'CNY 13000000.00 ansteel > rio-tinto: a slice, back to its issuer';
const REST = 'CNY 7000000.00 ansteel > rio-tinto: money';
const YUAN = 'CNY 7000000.00 rio-tinto > harbour: money';
const DOLLARS = 'USD 1076923.07 harbour > rio-tinto: money';

/** The confirming bank sees that the slice moved and not the price; each bank sees the money that it moves, and each register the slices that it keeps. */
export const SEEN_AFTERWARDS: Record<keyof Afterwards, unknown> = {
  discount: seen(2, { [BANK]: [SOLD], [SUPPLIER]: [SOLD, PRICE], [HARBOUR]: [SOLD, PRICE], [SOUTHERN]: [PRICE] }),
  netting: seen(3, {
    ...{ [ISSUER]: [ORE, STEEL, REST], [SUPPLIER]: [ORE, STEEL, REST] },
    ...{ [BANK]: [ORE, REST], [SOUTHERN]: [STEEL, REST] },
  }),
  exchange: seen(2, { [SUPPLIER]: [YUAN, DOLLARS], [HARBOUR]: [YUAN, DOLLARS], [SOUTHERN]: [YUAN, DOLLARS] }),
  isAsItMustBe: true,
};
