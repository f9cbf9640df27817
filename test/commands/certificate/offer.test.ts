/** The bank shows a confirmed certificate to its payee: terms, face and confirmation, byte for byte, and nothing else. */
import { expect, it } from '@jest/globals';
import {
  CONFIRMATION,
  DUE,
  FACE,
  MSP,
  OFFER_END,
  OFFERED,
  REJECTION,
  statusOf,
  TERMS,
  TODAY,
  unsaltedOf,
  YESTERDAY,
} from '../support/facts.js';
import {
  callerOf,
  codeOf,
  instead,
  party,
  put,
  renamed,
  sceneOf,
  secret,
  writtenBy,
  type Change,
  type Written,
} from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { OFFERED_ROWS } from '../support/vouching.js';
import { offer } from './offer.case.js';

const scene = sceneOf(
  'certificate:offer',
  callerOf('bank', ['maker', 'checker']),
  { certificateId: TERMS.id },
  {
    ...{ secret: { expiresOn: OFFER_END }, shown: [TERMS, FACE, CONFIRMATION] },
  },
);
const also =
  (status: ReturnType<typeof statusOf>): Change =>
  (current) => ({ ...current, shown: [...current.shown, { kind: 'status', id: status.id, record: status.record }] });
const shown = ({ kind, id, record }: { kind: string; id: string; record: object }): Written => {
  const { salt: _salt, ...unsalted } = record as { salt: string };
  return { [`${MSP.supplier} shown/${kind}/${MSP.bank}/${id}`]: { record: unsalted } };
};

describeCommand({
  of: offer,
  scene,
  unvouched: OFFERED_ROWS,
  rules: [
    ['STATE', 'the bank rejected it', instead(REJECTION), { state: 'REJECTED' }],
    ['STATE', 'it is on offer', also(OFFERED), { state: 'OFFERED' }],
    ['STATE', 'it was declined', also(statusOf('DECLINED'))],
    ['STATE', 'it lives', also(statusOf('ACTIVE'))],
    ['STATE', 'it was unwound', also(statusOf('UNWOUND'))],
    ['OFFER_EXPIRY', 'it would expire yesterday', secret({ expiresOn: YESTERDAY })],
    ['OFFER_EXPIRY', 'it would expire on the payment date', secret({ expiresOn: DUE })],
  ],
  writes: {
    ...put('status', TERMS.id, unsaltedOf(OFFERED), { in: [MSP.bank], copies: [MSP.supplier] }),
    ...shown(TERMS),
    ...shown(FACE),
    ...shown(CONFIRMATION),
  },
  enters: [MSP.supplier],
});

it.each([TODAY, '2027-03-14'])('may expire on %s', async (expiresOn) => {
  expect(await codeOf(secret({ expiresOn })(scene))).toBe('taken');
});

it('refuses where a status stands in the register that was not shown', async () => {
  const hidden = { ...scene, standing: { [`${MSP.bank} own/status/${TERMS.id}`]: 'something' } };
  expect(await codeOf(hidden)).toBe('OPENING_MISSING');
});

it.each([MSP.bank, MSP.issuer])('shows nothing twice to a payee that lives with %s', async (mspId) => {
  const written = await writtenBy(renamed(MSP.supplier, mspId, true)(scene));
  expect(Object.keys(written).filter((key) => /(terms|face|confirmation)/.test(key))).toEqual([]);
});

it('is refused to a suspended issuer by nobody: it stays bound by what it signed', async () => {
  expect(await codeOf(party('issuer', { status: 'SUSPENDED' })(scene))).toBe('taken');
});
