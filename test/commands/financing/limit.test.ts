/** A funder sets under four eyes how much it finances in all for a seller or an issuer, in its own book alone. */
import { createHmac } from 'node:crypto';
import { expect, it } from '@jest/globals';
import {
  changed,
  idOf,
  ISSUER,
  ISSUER_LIMIT,
  LIMIT_SECRET,
  limitIdOf,
  MSP,
  OTHER_BANK,
  SELLER_LIMIT,
  SUPPLIER,
  unsaltedOf,
} from '../support/facts.js';
import {
  callerOf,
  codeOf,
  gone,
  instead,
  party,
  put,
  sceneOf,
  secret,
  taken,
  without,
  writtenBy,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { nobody } from '../support/vouching.js';
import { limit } from './limit.case.js';

const ticketId = idOf('otherBank', 'otherBank', 'own-ticket');
const sceneWith = (...shown: readonly (typeof LIMIT_SECRET | typeof SELLER_LIMIT)[]): ReturnType<typeof sceneOf> =>
  sceneOf(
    'financing:limit',
    callerOf('otherBank', ['checker']),
    { ticketId },
    { secret: { funder: OTHER_BANK, kind: 'SELLER', party: SUPPLIER, currency: 'USD', limit: '300' }, shown },
  );
const spent = gone('ticket', ticketId, MSP.otherBank);
const own = { in: [MSP.otherBank] };
/** What the record of the secret is salted with, where the seed of the call is 32 times 7. */
const FIRST_SECRET = createHmac('sha256', Buffer.alloc(32, 7)).update('own/creditSecret/limits').digest('hex');
const FIRST_ID = limitIdOf(FIRST_SECRET, 'SELLER', SUPPLIER);
const first = unsaltedOf(SELLER_LIMIT, { id: FIRST_ID, limit: '300', utilised: '0' });

describeCommand({
  of: limit,
  party: 'otherBank',
  scene: sceneWith(),
  unvouched: [['PARTY_UNKNOWN', 'the funder is not registered', nobody('otherBank')]],
  rules: [],
  writes: {
    ...put('creditSecret', 'limits', unsaltedOf(LIMIT_SECRET), own),
    ...put('fundingLimit', FIRST_ID, first, own),
    ...spent,
  },
});

const later = sceneWith(LIMIT_SECRET, SELLER_LIMIT);

it('may be lowered below what is financed already: then nothing more is, and nothing is taken back', async () => {
  const lowered = unsaltedOf(SELLER_LIMIT, { limit: '300' });
  expect(await writtenBy(later)).toEqual({ ...put('fundingLimit', SELLER_LIMIT.id, lowered, own), ...spent });
  expect(await codeOf(secret({ limit: '0' })(later))).toBe('taken');
});

it('begins with nothing financed, and a limit for an issuer is another one than that for a seller', async () => {
  const written = await writtenBy(secret({ kind: 'ISSUER', party: ISSUER })(without('fundingLimit')(later)));
  const record = unsaltedOf(ISSUER_LIMIT, { limit: '300', utilised: '0' });
  expect(written).toEqual({ ...put('fundingLimit', ISSUER_LIMIT.id, record, own), ...spent });
});

it('is changed as it stands, and not as somebody says that it does', async () => {
  const stands = taken(MSP.otherBank, 'fundingLimit', SELLER_LIMIT.id);
  expect(await codeOf(stands(instead(changed(SELLER_LIMIT, { utilised: '0' }))(later)))).toBe('OPENING_MISMATCH');
  expect(await codeOf(taken(MSP.otherBank, 'creditSecret', 'limits')(later))).toBe('OPENING_MISMATCH');
  expect(await codeOf(stands(without('fundingLimit')(later)))).toBe('OPENING_MISSING');
  expect(await codeOf(taken(MSP.otherBank, 'creditSecret', 'limits')(sceneWith()))).toBe('OPENING_MISSING');
});

it('is set for whoever is suspended, or not registered: nobody is asked, because the block would show for whom', async () => {
  for (const change of [party('supplier', { status: 'SUSPENDED' }), nobody('supplier')])
    expect(await codeOf(change(later))).toBe('taken');
});
