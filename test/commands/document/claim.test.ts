/** A document is claimed once, through one bank, under the one id that everybody computes. */
import { expect, it } from '@jest/globals';
import { CLAIM, HASH, MSP, unsaltedOf } from '../support/facts.js';
import { callerOf, outcomeOf, party, put, registered, request, sceneOf, secret, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { claim } from './claim.case.js';

const { id, record } = CLAIM;
const { type, number, seller, issuer, bank, currency, capacity, documentHash } = record;
const scene = sceneOf(
  'document:claim',
  callerOf('issuer', ['maker', 'checker']),
  { claimId: id },
  {
    secret: { type, number, seller, issuer, bank, currency, capacity, documentHash },
  },
);

describeCommand({
  of: claim,
  scene,
  books: [
    ['DOCUMENT_CLAIMED', 'this bank holds it', taken(MSP.bank, 'claim', id), { kind: 'claim', id }],
    ['DOCUMENT_CLAIMED', 'another bank holds it', taken(MSP.otherBank, 'claim', id)],
  ],
  loose: [['PARTY_ROLE', 'no bank is registered at all', registered('banks', undefined), {}]],
  rules: [
    ['PARTY_ROLE', 'the issuer is none', party('issuer', { roles: ['supplier', 'bank'] }), { role: 'issuer' }],
    ['PARTY_ROLE', 'the bank is none', party('bank', { roles: ['supplier', 'issuer'] }), { role: 'bank' }],
    ['PARTY_ROLE', 'the bank is suspended', party('bank', { status: 'SUSPENDED' })],
    ['PARTY_ROLE', 'the seller is none', party('supplier', { roles: ['issuer', 'bank'] }), { role: 'supplier' }],
    ['SAME_ORGANIZATION', 'issuer and bank live in one organisation', party('bank', { mspId: MSP.issuer })],
    ['CLAIM_ID', 'the id is of another document', request({ claimId: HASH })],
    ['CLAIM_ID', 'the number is another one', secret({ number: 'INV-2' })],
  ],
  writes: put('claim', id, unsaltedOf(CLAIM), { in: [MSP.bank], copies: [MSP.issuer] }),
});

it('says so where a registered bank has left the channel', async () => {
  const left = registered('banks', { schema: 'tenor.banks/1', mspIds: [MSP.bank, 'LeftMSP'] });
  expect(await outcomeOf(left(scene))).toEqual({ refused: 'MSP_UNKNOWN', data: { mspId: 'LeftMSP' } });
});
