/** A batch that carries out an accepted quote is exactly what was accepted, on either side. Worked out by hand. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import { assertFinanced, type Accepted } from '../../../chaincode/src/domain/financing.js';
import type { Leg } from '../../../chaincode/src/protocol/records/index.js';
import {
  ACCEPTANCE,
  ACCOUNT,
  BANK,
  changed,
  CONTRACTOR,
  HASH,
  ISSUER,
  OTHER_BANK,
  QUOTE,
  SLICE,
  SUPPLIER,
} from '../../commands/support/facts.js';

const accepted: Accepted = { acceptance: ACCEPTANCE, quote: QUOTE };
const { id: financing } = ACCEPTANCE;
const CASH = { payerBank: OTHER_BANK, payerBankMsp: 'O', payeeBank: BANK, payeeBankMsp: 'B', account: ACCOUNT };

const sale = (changes: Partial<Leg> = {}): Leg =>
  ({
    ...{ what: 'SLICE', sender: SUPPLIER, receiver: OTHER_BANK, sliceId: SLICE.id, recourse: true, financing },
    ...changes,
  }) as Leg;
const price = (changes: Partial<Leg> = {}): Leg =>
  ({
    ...{
      what: 'CREDIT',
      sender: OTHER_BANK,
      receiver: SUPPLIER,
      currency: 'USD',
      amount: '593',
      cash: CASH,
      financing,
    },
    ...changes,
  }) as Leg;
/** One unit of the interest is the issuer's. */
const interest = (changes: Partial<Leg> = {}): Leg =>
  price({ sender: ISSUER, receiver: OTHER_BANK, amount: '1', financing: undefined, ...changes });

const outcomeOf = (legs: readonly Leg[], party: string, by: Accepted | undefined = accepted): string => {
  try {
    assertFinanced(legs, party, by);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('assertFinanced', () => {
  it('takes what was accepted, as the holder and as the funder see it', () => {
    expect(outcomeOf([sale(), price()], SUPPLIER)).toBe('taken');
    expect(outcomeOf([sale(), price(), interest()], OTHER_BANK)).toBe('taken');
  });

  it('does not look at a batch that carries out no financing, nor at who only pays interest', () => {
    expect(outcomeOf([sale({ financing: undefined, recourse: undefined })], SUPPLIER)).toBe('taken');
    expect(outcomeOf([interest()], ISSUER)).toBe('taken');
  });

  it.each<[string, readonly Leg[]]>([
    ['a unit less', [sale(), price({ amount: '592' })]],
    ['a unit more', [sale(), price({ amount: '594' })]],
    ['another currency', [sale(), price({ currency: 'CNY' })]],
    ['another account', [sale(), price({ cash: { ...CASH, account: { scheme: 'OTHER', id: '1' } } })]],
    ['another bank', [sale(), price({ cash: { ...CASH, payeeBank: CONTRACTOR } })]],
    ['a reference that was not named', [sale(), price({ cash: { ...CASH, endToEndId: 'RT-1' } })]],
    ['money of somebody else', [sale(), price({ sender: CONTRACTOR })]],
    ['no money', [sale()]],
    ['the money twice', [sale(), price(), price()]],
    ['no slice', [price()]],
    ['another slice', [sale({ sliceId: 'other' }), price()]],
    ['one slice more', [sale(), sale({ sliceId: 'other' }), price()]],
    ['the slice twice', [sale(), sale(), price()]],
    ['a slice for somebody else', [sale({ receiver: CONTRACTOR }), price()]],
    ['no recourse', [sale({ recourse: undefined }), price()]],
    ['a pledge in place of a sale', [sale({ what: 'PLEDGE' }), price()]],
    ['another request', [sale({ financing: 'other' }), price()]],
    ['money beside', [sale(), price(), interest()]],
  ])('refuses the holder %s', (_, legs) => {
    expect(outcomeOf(legs, SUPPLIER)).toBe('FINANCING_MISMATCH');
  });

  it.each<[string, readonly Leg[]]>([
    ['without the interest', [sale(), price()]],
    ['with less interest', [sale(), price(), interest({ amount: '2' })]],
    ['with interest to somebody else', [sale(), price(), interest({ receiver: SUPPLIER })]],
    ['with the interest twice', [sale(), price(), interest(), interest()]],
  ])('refuses the funder a batch %s', (_, legs) => {
    expect(outcomeOf(legs, OTHER_BANK)).toBe('FINANCING_MISMATCH');
  });

  it.each<[string, Accepted]>([
    ['another quote was accepted', { acceptance: changed(ACCEPTANCE, { quoteId: financing }), quote: QUOTE }],
    ['the holder is another one', { acceptance: changed(ACCEPTANCE, { holder: CONTRACTOR }), quote: QUOTE }],
    ['the quote has changed since', { acceptance: changed(ACCEPTANCE, { quoteHash: HASH }), quote: QUOTE }],
    ['the acceptance is of another request', { acceptance: { ...ACCEPTANCE, id: 'other' }, quote: QUOTE }],
  ])('refuses a batch where %s', (_, by) => {
    expect(outcomeOf([sale(), price()], SUPPLIER, by)).toBe('FINANCING_MISMATCH');
  });

  it('refuses a batch where nothing was accepted', () => {
    expect(() => {
      assertFinanced([sale(), price()], SUPPLIER, undefined);
    }).toThrow('FINANCING_MISMATCH');
  });

  it('asks for interest only where the issuer pays some', () => {
    const quote: Opened<'quote'> = changed(QUOTE, { issuerInterest: '0', sellerInterest: '3', net: '592' });
    const by = { acceptance: changed(ACCEPTANCE, { quoteHash: quote.hash }), quote };
    expect(outcomeOf([sale(), price({ amount: '592' })], OTHER_BANK, by)).toBe('taken');
    expect(outcomeOf([sale(), price({ amount: '592' }), interest({ amount: '0' })], OTHER_BANK, by)).toBe(
      'FINANCING_MISMATCH',
    );
  });
});
