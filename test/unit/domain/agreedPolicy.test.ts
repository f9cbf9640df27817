/** Who has to sign for a slice while an offer or a presentment is open. */
import { describe, expect, it } from '@jest/globals';
import { agreedPolicy } from '../../../chaincode/src/domain/slices.js';
import { encodeKeyPolicy } from '../../../chaincode/src/ledger/keyPolicy.js';
import type { Terms } from '../../../chaincode/src/protocol/records/index.js';

const TERMS = { bankMsp: 'BankMSP' } as Terms;

describe('the policy of a slice while something is agreed', () => {
  it('asks for the bank and either side', () => {
    const policy = agreedPolicy(TERMS, 'SupplierMSP', 'ContractorMSP');
    expect(policy).toEqual({ all: ['BankMSP'], any: ['SupplierMSP', 'ContractorMSP'] });
  });

  it('asks for bank and holder where the other side is the bank itself: the bank alone moves nothing', () => {
    expect(agreedPolicy(TERMS, 'SupplierMSP', 'BankMSP')).toEqual({ all: ['BankMSP', 'SupplierMSP'] });
    const bankAlone = encodeKeyPolicy({ all: ['BankMSP'] });
    expect(Buffer.from(encodeKeyPolicy(agreedPolicy(TERMS, 'SupplierMSP', 'BankMSP')))).not.toEqual(
      Buffer.from(bankAlone),
    );
  });
});
