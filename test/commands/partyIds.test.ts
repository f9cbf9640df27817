/** A party that bears LEI and USCI both is named by the id under which it is registered, so that all that is keyed by a party meets. */
import { expect, it } from '@jest/globals';
import { personOf } from '../unit/domain/registryFacts.js';
import { FOUNDED } from './registry/founded.js';
import { ADMINISTRATOR } from './registry/people.js';
import {
  BANK,
  CLAIM,
  CONTENT,
  idOf,
  ISSUER,
  MSP,
  OFFER_END,
  SLICE,
  SUPPLIER,
  TERMS,
  TODAY,
  reference,
} from './support/facts.js';
import { all, callerOf, codeOf, outcomeOf, registered, sceneOf, secret, type Scene } from './support/scene.js';

const SECOND = '91100000100003962T';
const bears = (id: string): ReturnType<typeof registered> =>
  registered(`partyId/${SECOND}`, { schema: 'tenor.partyId/1', id: SECOND, party: id });

const { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash } = CLAIM.record;
const document = { type, number, issuedOn, seller, issuer, bank, currency, capacity, documentHash };
const reserving = { reservationId: idOf('bank', 'issuer', 'new-reservation') };
const claim = sceneOf('document:claim', callerOf('issuer', ['maker']), reserving, { secret: document });
const line = { bank: BANK, issuer: ISSUER, currency: 'USD', limit: '1', expiresOn: '2027-01-01', revolving: false };
const lineIds = { lineId: idOf('bank', 'bank', 'own-line'), ticketId: idOf('bank', 'bank', 'own-ticket') };
const open = sceneOf('line:open', callerOf('bank', ['checker']), lineIds, { secret: { ...line, autoConfirm: false } });
const draft = sceneOf(
  'certificate:draft',
  callerOf('issuer', ['maker']),
  { certificateId: idOf('bank', 'issuer', 'new-certificate') },
  { secret: CONTENT },
);
const offer = sceneOf(
  'slice:offer',
  callerOf('supplier', ['checker']),
  { sliceId: SLICE.id, transferId: reference('transfer'), ticketId: idOf('supplier', 'supplier', 'own-ticket') },
  { shown: [SLICE, TERMS], secret: { transferee: SUPPLIER, expiresOn: OFFER_END } },
);
const ticket = sceneOf(
  'ticket:prepare',
  callerOf('bank', ['maker'], 'maker'),
  { ticketId: idOf('bank', 'bank', 'own-ticket') },
  { secret: { party: BANK, command: 'line:open', payload: '{}', expiresOn: TODAY } },
);
const operator = FOUNDED(
  sceneOf('registry:propose', ADMINISTRATOR, {
    proposalId: idOf('bank', 'bank', 'own-proposal'),
    changes: [{ kind: 'operator', operator: { identity: personOf('9'), duties: ['maker'], parties: [SECOND] } }],
  }),
);

it.each<[string, Scene, object, string]>([
  ['the seller of a document', claim, { seller: SECOND }, SUPPLIER],
  ['the issuer of a claim', claim, { issuer: SECOND }, ISSUER],
  ['the bank of a line', open, { bank: SECOND }, BANK],
  ['the issuer of a draft', draft, { issuer: SECOND }, ISSUER],
  ['the transferee of a slice', offer, { transferee: SECOND }, SUPPLIER],
  ['the party of a ticket', ticket, { party: SECOND }, BANK],
])('%s by its second id is refused, and told the first', async (_what, scene, changes, first) => {
  expect(await outcomeOf(secret(changes)(scene))).toEqual({ refused: 'PARTY_UNKNOWN', data: { party: SECOND } });
  const named = all(bears(first), secret(changes));
  expect(await outcomeOf(named(scene))).toEqual({ refused: 'PARTY_OTHER_ID', data: { party: first } });
});

it('is refused of an operator who would act for a party by its second id', async () => {
  expect(await outcomeOf(operator)).toEqual({ refused: 'PARTY_UNKNOWN', data: { party: SECOND } });
  expect(await outcomeOf(bears(BANK)(operator))).toEqual({ refused: 'PARTY_OTHER_ID', data: { party: BANK } });
});

it('a party is named by its USCI where it is registered under that', async () => {
  const usci = secret({ seller: SECOND });
  const both = registered(`party/${SECOND}`, {
    ...{ schema: 'tenor.party/1', id: SECOND, otherId: SUPPLIER, name: 'S', mspId: MSP.supplier, roles: ['supplier'] },
    ...{ sme: false, status: 'ACTIVE', version: 1 },
  });
  expect(await codeOf(all(usci, both)(claim))).toBe('taken');
});
