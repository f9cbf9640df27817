/**
 * Ids that somebody else uses already. Everybody can read ids in the blocks, and a register knows only its own ids. So nobody must be
 * able to overwrite another's record, in a register or in a copy that its owner works with, by choosing its id.
 */
import { beforeAll, describe, expect } from '@jest/globals';
import { newReference, type Tenor } from '@tenor/client';
import type { TopologyName } from '@tenor/network';
import { refusalOf } from '../support/attack.js';
import { claimDocument, contentOf } from '../support/deal.js';
import { itApart } from '../support/hosting.js';
import { DUE, LEI } from '../support/world.js';
import { FACE, type Scene } from './attacksScene.js';
import { viewOf } from './dealBooks.js';
import { MORE } from './lifecycleParties.js';

const EXPIRES = '2026-12-15';

/** Takes a four-eyes step as the people of an organisation. */
async function twoHands<Input extends { readonly ticketId: string }>(
  scene: Scene,
  { maker, party }: { readonly maker: Tenor; readonly party: string },
  command: 'line:open' | 'certificate:confirm' | 'slice:offer',
  input: Input,
  act: (input: Input) => Promise<unknown>,
): Promise<unknown> {
  await maker.ticket.prepare(command, input as never, { party, expiresOn: scene.world.date });
  return act(input);
}

/** The second bank, with the people of the organisation that hosts it. */
const secondBank = ({ world }: Scene): { maker: Tenor; checker: Tenor; party: string } => ({
  ...{ maker: world.people('operator').maker, checker: world.people('operator').checker, party: MORE.secondBank },
});

async function openLineAtSecondBank(scene: Scene, lineId: string): Promise<unknown> {
  const terms = { currency: 'USD', limit: FACE, autoConfirm: true, revolving: true, expiresOn: '2027-12-31' };
  const input = {
    lineId,
    ticketId: secondBank(scene).maker.newId(),
    bank: MORE.secondBank,
    issuer: LEI.issuer,
    ...terms,
  };
  const bank = secondBank(scene);
  return twoHands(scene, bank, 'line:open', input, (given) => bank.checker.line.open(given));
}

/** A certificate of the second bank in the contractor's hands. */
async function issueAtSecondBank(scene: Scene): Promise<string> {
  const { world } = scene;
  const [lineId, certificateId] = [world.newId('operator'), world.newId('operator', 'issuer')];
  const sliceId = world.newId('operator', 'contractor');
  await openLineAtSecondBank(scene, lineId);
  const { maker, checker } = world.people('issuer');
  const at = { bank: MORE.secondBank, host: 'operator' as const };
  const claimId = await claimDocument(world, { seller: LEI.contractor, capacity: FACE, ...at });
  const content = contentOf(FACE, claimId, { bank: MORE.secondBank, payee: LEI.contractor, dueDate: DUE });
  await maker.certificate.draft({ certificateId, ...content });
  await checker.certificate.submit({ certificateId, lineId });
  await secondBank(scene).checker.certificate.offer({ certificateId, expiresOn: EXPIRES });
  await world.people('contractor').checker.certificate.accept({ items: [{ certificateId, sliceId }] });
  return sliceId;
}

/** Attacks that need no changed chaincode: two banks, and an id of the one at the other. */
export function shouldKeepIdsApart(scene: () => Scene, on: TopologyName): void {
  describe('with a second bank', () => {
    let own = '';
    beforeAll(async () => {
      own = await issueAtSecondBank(scene());
    });

    itApart(on, "it opens no line under the id of another bank's: the issuer would lose its copy", async () => {
      const { lineId, world } = scene();
      expect(await refusalOf(openLineAtSecondBank(scene(), lineId))).toEqual({
        ...{ code: 'ID_FOREIGN', data: { kind: 'line', id: lineId } },
      });
      expect(await viewOf(world, 'issuer', 'line', lineId)).toMatchObject({ record: { bank: LEI.bank } });
    });

    itApart(
      on,
      'a slice there under the id of one here is not offered to this bank, whose register it would write over',
      async () => {
        const { kept, world } = scene();
        const contractor = world.people('contractor');
        const before = await viewOf(world, 'bank', 'slice', kept);
        const fresh = world.newId('operator', 'contractor');
        const amounts = ['1', String(Number(FACE) - 1)];
        const splitInto = (partId: string): Promise<unknown> =>
          contractor.checker.slice.split({ sliceId: own, partIds: [partId, fresh], amounts });
        // A part's id names the register of the whole, and who draws it: neither another register nor another drawer passes.
        for (const id of [kept, world.newId('bank', 'contractor'), world.newId('operator', 'supplier')])
          expect(await refusalOf(splitInto(id))).toEqual({ code: 'ID_FOREIGN', data: { kind: 'slice', id } });
        expect(await viewOf(world, 'bank', 'slice', kept)).toEqual(before);
        await splitInto(world.newId('operator', 'contractor'));
        const input = { sliceId: fresh, transferId: newReference(), ticketId: contractor.maker.newId() };
        const offered = { ...input, transferee: LEI.bank, expiresOn: EXPIRES };
        await twoHands(scene(), contractor, 'slice:offer', offered, (given) => contractor.checker.slice.offer(given));
      },
    );
  });
}
