/** Rules take what a loader vouched for and nothing that looks like it: the compiler says so. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Language } from './language.js';

const HEAD = `
import type { Opened } from '../../../chaincode/src/domain/decision.js';
import type { Party } from '../../../chaincode/src/domain/parties.js';
import type { Certificate, ConfirmedCertificate, FacedCertificate, HeldSlice, OfferedCertificate, Vouched, VouchedPresentment } from '../../../chaincode/src/domain/vouched.js';
import { vouchConfirmed, vouchOffered, vouchSlice } from '../../../chaincode/src/domain/vouched.js';
import { allocate, assertClaimOf, deallocate } from '../../../chaincode/src/domain/claims.js';
import { ended } from '../../../chaincode/src/domain/certificates.js';
import { assertLineOf, drawingOf } from '../../../chaincode/src/domain/lines.js';
import { stateOf } from '../../../chaincode/src/domain/lifecycle.js';
import { assertPays, assertPresented } from '../../../chaincode/src/domain/presentments.js';
import type { Money } from '../../../chaincode/src/domain/money.js';
declare const [line, claim, terms, face, confirmation, status, slice, presentment]: [Opened<'line'>, Opened<'claim'>, Opened<'terms'>, Opened<'face'>, Opened<'confirmation'>, Opened<'status'>, Opened<'slice'>, Opened<'presentment'>];
declare const [bank, issuer, holder, payee]: [Party, Party, Party, Party];
declare const money: Money;
declare const [vouchedLine, vouchedClaim]: [Vouched<'line'>, Vouched<'claim'>];
declare const [certificate, faced, confirmed, offered]: [Certificate, FacedCertificate, ConfirmedCertificate, OfferedCertificate];
declare const [held, paid]: [HeldSlice, VouchedPresentment];
const id = terms.id;
`;

const TAKEN = `
drawingOf(vouchedLine);
assertLineOf(vouchedLine, face.record);
allocate(vouchedClaim, id, money);
deallocate(vouchedClaim, id);
assertClaimOf(vouchedClaim, face.record);
stateOf(confirmed, '2026-11-23');
stateOf(offered, '2026-11-23');
ended(confirmed, 'UNWOUND');
assertPresented(held, paid);
assertPays(face.record, paid);
vouchConfirmed(faced, { payee, confirmation, status });
vouchOffered(confirmed, certificate);
vouchSlice(slice, { certificate, holder, consolidation: undefined });
`;

const looksLike = { certificate: '{ id, terms, bank, issuer }', faced: '{ id, face, bank, issuer }' };
const REFUSED = [
  'drawingOf(line);',
  'drawingOf({ ...line, bank, issuer });',
  'drawingOf(vouchedClaim);',
  'assertLineOf(line, face.record);',
  'allocate(claim, id, money);',
  'allocate({ ...claim, bank, issuer }, id, money);',
  'deallocate(claim, id);',
  'assertClaimOf(claim, face.record);',
  'assertClaimOf(vouchedLine, face.record);',
  "stateOf({ id, face, bank, issuer, payee, confirmation, status }, '2026-11-23');",
  "ended({ id, face, bank, issuer, payee, confirmation, status }, 'UNWOUND');",
  "stateOf(faced, '2026-11-23');",
  'assertPresented({ slice, certificate, holder }, paid);',
  'assertPresented(held, { ...presentment, holder });',
  'assertPays(face.record, presentment);',
  `vouchConfirmed(${looksLike.faced}, { payee, confirmation, status });`,
  `vouchOffered(confirmed, ${looksLike.certificate});`,
  'vouchOffered({ ...faced, payee, confirmation: status, status }, certificate);',
  `vouchSlice(slice, { certificate: ${looksLike.certificate}, holder, consolidation: undefined });`,
];

let refused: readonly string[];
beforeAll(() => {
  refused = new Language().refused(`${HEAD}${TAKEN}${REFUSED.join('\n')}\n`);
}, 120_000);

describe('rules', () => {
  it.each(REFUSED)('refuse %s', (line) => {
    expect(refused).toContain(line);
  });

  it('take what was vouched for', () => {
    expect(refused.filter((line) => !REFUSED.includes(line))).toEqual([]);
  });
});
