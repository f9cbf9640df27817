/** Replays: envelopes, proposals and openings that were valid once, and signatures that are not those of a peer. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookKind } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import { Attackers, demand, refusalOf, write } from '../support/attack.js';
import { endorsedBy, forgedSlice, withResultsOf } from '../support/attackForgery.js';
import { transactionsOf } from '../support/rwset.js';
import type { Door } from '../support/ledger.js';
import { holdersOf, openingsOf, type Scene } from './attacksScene.js';
import { viewOf } from './dealBooks.js';

const bytes = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

/** Sends prepared bytes as they are, and tells how they ended. */
async function send(door: Door, prepared: Uint8Array): Promise<string> {
  const submitted = await door.gateway.newTransaction(prepared).submit();
  const { successful, code } = await submitted.getStatus();
  return successful ? 'VALID' : String(code);
}

const POLICY_FAILURE = '10';

/** A transaction that commits after whatever was ordered before it. */
async function later(world: Scene['world']): Promise<void> {
  const { maker, party } = world.people('bank');
  const [certificateIds, lineId] = [[world.newId('bank', 'issuer')], world.newId('bank')];
  const input = { certificateIds, lineId, ticketId: maker.newId() };
  await maker.ticket.prepare('certificate:confirm', input, { party, expiresOn: world.date });
}

/** Validation codes under which a transaction id stands in the blocks, in order. */
async function codesOf({ world }: Scene, transactionId: string): Promise<string[]> {
  const blocks = await world.ledger.blocks(world.people('bank').organization);
  return blocks.flatMap(transactionsOf).flatMap(({ id, validation }) => (id === transactionId ? [validation] : []));
}

/** The attacks that need no changed chaincode, or none but one's own. */
export function shouldRefuseReplays(scene: () => Scene): void {
  describe('the same again', () => {
    const partsOf = async (): Promise<{ request: object; secret: object; openings: Record<string, string> }> => {
      const { world, small, live } = scene();
      const keys: readonly (readonly [BookKind, string])[] = [
        ['slice', small],
        ['terms', live],
      ];
      return {
        request: { sliceId: small, partIds: [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')] },
        secret: { amounts: ['8000', '12000'] },
        openings: await openingsOf(world, 'supplier', ...keys),
      };
    };

    it('an envelope counts once, and openings of what has moved count no more', async () => {
      const { world, small } = scene();
      const [supplier, bank] = [world.people('supplier'), world.people('bank')];
      const door = world.ledger.door(supplier.organization, 'Checker');
      const { request, secret, openings } = await partsOf();
      const transientData = { openings: bytes(openings), private: bytes(secret), seed: Buffer.alloc(32, 9) };
      const proposal = door.contract.newProposal('slice:split', {
        ...{ arguments: [JSON.stringify(request)], transientData },
        endorsingOrganizations: [...new Set([supplier.mspId, bank.mspId])],
      });
      const transaction = await proposal.endorse();
      expect(await send(door, transaction.getBytes())).toBe('VALID');
      await later(world); // the bank's peer may be a block behind
      const spent = await viewOf(world, 'bank', 'slice', small);

      expect(await send(door, transaction.getBytes())).toBe('VALID'); // the status of an id is that of its first commit
      await expect(proposal.endorse()).rejects.toThrow(); // the very same proposal: its id is on the ledger
      const again = {
        name: 'slice:split',
        request: { ...request, partIds: [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')] },
        secret,
        openings,
      };
      expect(await refusalOf(demand(supplier.checker, again, [supplier.mspId, bank.mspId]))).toEqual({
        code: 'OPENING_MISMATCH',
        data: { kind: 'slice', id: small },
      });

      await later(world);
      expect(await codesOf(scene(), transaction.getTransactionId())).toEqual(['VALID', 'DUPLICATE_TXID']);
      expect(await viewOf(world, 'bank', 'slice', small)).toEqual(spent);
      door.close();
    });

    it('a ticket is good for one call', async () => {
      const { world, lineId, offered } = scene();
      const { maker, checker, party, mspId } = world.people('bank');
      const input = { certificateIds: [offered], lineId, ticketId: maker.newId() };
      await maker.ticket.prepare('certificate:confirm', input, { party, expiresOn: world.date });
      const openings = await openingsOf(world, 'bank', ['line', lineId], ['face', offered], ['ticket', input.ticketId]);
      const call = { name: 'certificate:confirm', request: input, openings };
      expect(await refusalOf(demand(checker, call, [mspId, world.people('issuer').mspId]))).toMatchObject({
        code: 'CONFIRMATION_EXISTS',
      });
    });
  });

  describe('with the chaincode changed at a holder that lives apart from the bank', () => {
    let attackers: Attackers;
    let door: Door;

    beforeAll(async () => {
      const { world } = scene();
      const { holder } = holdersOf(scene());
      attackers = await Attackers.corrupt(world, [holder]);
      door = world.ledger.door(world.people(holder).organization, 'Checker');
    });

    afterAll(async () => {
      door.close();
      await attackers.surrender();
    });

    const prepared = async (): Promise<Uint8Array> => {
      const { world, terms } = scene();
      const slice = forgedSlice(world, terms, '1');
      const raw = bytes([write(world.people('bank').mspId, ownKey('slice', slice.id), slice)]);
      const endorsed = await door.contract
        .newProposal('certificate:accept', {
          arguments: ['{}'],
          transientData: { raw },
          endorsingOrganizations: [world.people(holdersOf(scene()).holder).mspId],
        })
        .endorse();
      return endorsed.getBytes();
    };

    it.each(['Checker', 'Admin'])(
      '%s of the bank is no peer of the bank: its signature endorses nothing',
      async (user) => {
        const { world } = scene();
        const bankDoor = world.ledger.door(world.people('bank').organization, user);
        bankDoor.close();
        expect(await send(door, await endorsedBy(await prepared(), bankDoor.connection))).toBe(POLICY_FAILURE);
      },
    );

    it("a peer's signature on other results endorses nothing", async () => {
      const { world } = scene();
      const own = world.people(holdersOf(scene()).holder).mspId;
      const raw = bytes([write(own, ownKey('slice', world.newId('bank')), { forged: true })]);
      const other = await door.contract
        .newProposal('certificate:accept', { arguments: ['{}'], transientData: { raw }, endorsingOrganizations: [own] })
        .endorse();
      // The results of another proposal carry its hash: Fabric sees through it before it looks at any policy.
      expect(await send(door, await withResultsOf(await prepared(), other.getBytes()))).toBe('5');
    });

    it('an envelope signed by another than its creator is not taken for ordering', async () => {
      const { world } = scene();
      const stranger = world.ledger.door(world.people(holdersOf(scene()).other).organization, 'Checker');
      await expect(stranger.gateway.newTransaction(await prepared()).submit()).rejects.toThrow(
        /unsuccessful response from orderer/,
      );
      stranger.close();
    });
  });
}
