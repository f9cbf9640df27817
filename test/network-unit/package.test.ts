/** The package id is what organisations approve: it depends on the name alone. */
import { describe, expect, it } from '@jest/globals';
import { packChaincode } from '../../network/src/chaincode/package.js';

describe('packChaincode', () => {
  it('computes the same id everywhere and always', () => {
    expect(packChaincode('tenor').packageId).toMatchInlineSnapshot(
      `"tenor_1:a110481536948df2e55a0769d5bc330cf655effacd830b8fa42dc5729440605f"`,
    );
    expect(packChaincode('tenor').packageId).toBe(packChaincode('tenor').packageId);
  });

  it('tells chaincodes apart', () => {
    expect(packChaincode('raw').packageId).not.toBe(packChaincode('tenor').packageId);
  });
});
