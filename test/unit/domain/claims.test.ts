/** Documents: one id that everyone computes, reserved within their capacity, released exactly. */
import { describe, expect, it } from '@jest/globals';
import { allocate, assertClaimOf, deallocate } from '../../../chaincode/src/domain/claims.js';
import { money } from '../../../chaincode/src/domain/money.js';
import { claimKey } from '../../../chaincode/src/protocol/documentNumbers.js';
import { vouchDeal, type Vouched } from '../../../chaincode/src/domain/vouched.js';
import type { Claim } from '../../../chaincode/src/protocol/records/index.js';
import {
  CLAIM,
  changed,
  CONTRACTOR,
  FACE,
  idOf,
  MSP,
  OTHER_BANK,
  PARTY,
  SUPPLIER,
} from '../../commands/support/facts.js';
import { codeOf } from '../protocol/support.js';

const vouched = (changes: Partial<Claim> = {}): Vouched<'claim'> =>
  vouchDeal(changed(CLAIM, changes), { bank: PARTY.bank, issuer: PARTY.issuer });
const usd = (amount: string): ReturnType<typeof money> => money('USD', amount);

describe('claimKey', () => {
  const issuedOn = '2026-11-20';
  const key = `{"number":"INV1","seller":"${SUPPLIER}","type":"INVOICE","year":"2026"}`;
  it.each(['INV-1', 'inv 1', 'ＩＮＶ／１', 'INV1'])(
    'of %s is what everyone computes who holds the document',
    (number) => {
      expect(claimKey({ type: 'INVOICE', seller: SUPPLIER, number, issuedOn })).toBe(key);
    },
  );

  it.each([
    [{ type: 'CONTRACT', seller: SUPPLIER, number: 'INV-1', issuedOn }, 'another type'],
    [{ type: 'INVOICE', seller: CONTRACTOR, number: 'INV-1', issuedOn }, 'another seller'],
    [{ type: 'INVOICE', seller: SUPPLIER, number: 'INV-2', issuedOn }, 'another number'],
    [{ type: 'INVOICE', seller: SUPPLIER, number: 'INV-1', issuedOn: '2025-12-31' }, 'another year'],
  ] as [Parameters<typeof claimKey>[0], string][])('%j is another document (%s)', (document) => {
    expect(claimKey(document)).not.toBe(key);
  });
});

it.each([
  [{}, { answered: undefined }],
  [{ bank: OTHER_BANK }, 'DOCUMENT_FOREIGN'],
  [{ bankMsp: MSP.otherBank }, 'DOCUMENT_FOREIGN'],
  [{ issuer: CONTRACTOR }, 'DOCUMENT_FOREIGN'],
  [{ issuerMsp: MSP.bank }, 'DOCUMENT_FOREIGN'],
  [{ payee: CONTRACTOR }, 'DOCUMENT_FOREIGN'],
  [{ currency: 'CNY' }, 'DOCUMENT_FOREIGN'],
])('backs a certificate of its own parties and currency: %j, %p', (changes, outcome) => {
  const belongs = codeOf(() => {
    assertClaimOf(vouched(), { ...FACE.record, ...changes });
  });
  expect(belongs).toEqual(outcome);
});

describe('allocate and deallocate', () => {
  const [one, two] = [idOf('bank', 'issuer', 'certificate', 1), idOf('bank', 'issuer', 'certificate', 2)];
  const used = { allocations: [{ certificateId: one, amount: '400' }] };

  it('reserves all that is left, and not one unit more', () => {
    const full = { ...CLAIM.record, allocations: [...used.allocations, { certificateId: two, amount: '600' }] };
    expect(allocate(vouched(used), two, usd('600'))).toEqual(full);
    expect(codeOf(() => allocate(vouched(used), two, usd('601')), true)).toEqual([
      'DOCUMENT_CAPACITY',
      { claimId: CLAIM.id },
    ]);
  });

  it('reserves in its own currency alone', () => {
    expect(codeOf(() => allocate(vouched(), two, money('KWD', '1')))).toBe('CURRENCY_MISMATCH');
  });

  it('takes fifty certificates and no more', () => {
    const allocations = Array.from({ length: 49 }, (_, index) => ({
      certificateId: idOf('bank', 'issuer', 'certificate', index),
      amount: '1',
    }));
    const fifty = allocate(vouched({ allocations }), two, usd('1'));
    expect(fifty.allocations).toHaveLength(50);
    expect(codeOf(() => allocate(vouched(fifty), one, usd('1')))).toBe('DOCUMENT_CAPACITY');
  });

  it('counts beyond what a float holds', () => {
    const large = vouched({
      capacity: '9007199254740993',
      allocations: [{ certificateId: one, amount: '9007199254740992' }],
    });
    expect(codeOf(() => allocate(large, two, usd('1')))).toHaveProperty('answered');
    expect(codeOf(() => allocate(large, two, usd('2')))).toBe('DOCUMENT_CAPACITY');
  });

  it('releases what one certificate had, and nothing else', () => {
    const both = vouched(allocate(vouched(used), two, usd('600')));
    expect(deallocate(both, one).allocations).toEqual([{ certificateId: two, amount: '600' }]);
    expect(deallocate(both, two)).toEqual({ ...CLAIM.record, ...used });
    expect(deallocate(vouched(used), two)).toEqual({ ...CLAIM.record, ...used });
  });
});
