// What a block does with its transactions: conflicts, phantoms, policies of keys, collections and chaincodes.
import { CommitError } from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestIdentity } from '../../test/support/testIdentities.js';
import { linkToChaincode } from '../../test/support/inProcessChaincode.js';
import {
  codeOf,
  endorsement,
  endorseRaw,
  orderRaw,
  policyOf,
  statusRaw,
  submitRaw,
  withAction,
} from './support/raw.js';
import { scriptChaincode, type Step } from './support/scriptChaincode.js';
import {
  bookOf,
  evaluate,
  openWorld,
  ORG1,
  ORG2,
  ORG3,
  organizationOf,
  signerOf,
  submit,
  userOf,
  type World,
} from './support/world.js';

const { VALID, ENDORSEMENT_POLICY_FAILURE, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT, DUPLICATE_TXID } =
  peer.TxValidationCode;
const BOTH = [ORG1, ORG2];
const put = (key: string, value = 'v', collection?: string): Step => ({
  do: 'put',
  key,
  value,
  ...(collection === undefined ? {} : { collection }),
});
const get = (key: string, collection?: string): Step => ({
  do: 'get',
  key,
  ...(collection === undefined ? {} : { collection }),
});
const guard = (key: string, mspIds: readonly string[], collection?: string): Step => ({
  do: 'setPolicy',
  key,
  policyBase64: Buffer.from(
    policyOf(
      mspIds.length,
      mspIds.map((mspId) => [mspId, 'PEER'] as const),
    ),
  ).toString('base64'),
  ...(collection === undefined ? {} : { collection }),
});

describe('validation', () => {
  let world: World;
  let creator: TestIdentity;
  beforeAll(async () => {
    // Blocks of two: what is submitted in pairs shares a block.
    world = await openWorld({ batch: { timeoutMs: 100, maxMessageCount: 2, preferredMaxBytes: 1 << 20 } });
    creator = userOf(world.orgs, ORG1);
  });
  afterAll(() => world.close());

  const code = (steps: readonly Step[], endorsers: readonly string[] = BOTH): Promise<number> =>
    codeOf(world.engine, ORG1, { creator, steps, endorsers });

  /** Endorses all on the same state, orders them in this order, and gives their codes. */
  async function together(
    ...transactions: readonly (readonly [steps: readonly Step[], endorsers?: readonly string[]])[]
  ): Promise<number[]> {
    const endorsed = [];
    for (const [steps, endorsers = BOTH] of transactions) {
      endorsed.push(await endorseRaw(world.engine, ORG1, { creator, steps, endorsers }));
    }
    for (const { envelope } of endorsed) {
      await submitRaw(world.engine, ORG1, envelope, creator);
    }
    return Promise.all(endorsed.map(({ txId }) => statusRaw(world.engine, ORG1, txId, creator)));
  }

  describe('of reads', () => {
    it('lets the first of two updates of a key through', async () => {
      expect(await together([[get('a'), put('a', '1')]], [[get('a'), put('a', '2')]])).toEqual([
        VALID,
        MVCC_READ_CONFLICT,
      ]);
      expect(await evaluate(world.contract(ORG1), [get('a')])).toEqual(['1']);
    });

    it('lets two blind writes through', async () => {
      expect(await together([[put('b', '1')]], [[put('b', '2')]])).toEqual([VALID, VALID]);
      expect(await evaluate(world.contract(ORG1), [get('b')])).toEqual(['2']);
    });

    it('counts the absence of a key, and its deletion', async () => {
      expect(await together([[put('c')]], [[get('c'), put('c2')]])).toEqual([VALID, MVCC_READ_CONFLICT]);
      expect(await together([[{ do: 'delete', key: 'c' }]], [[get('c'), put('c2')]])).toEqual([
        VALID,
        MVCC_READ_CONFLICT,
      ]);
    });

    it('shows a transaction the old value of what it writes', async () => {
      await submit(world.contract(ORG1), [put('own', 'old')]);
      expect(await submit(world.contract(ORG1), [put('own', 'new'), get('own')])).toEqual([null, 'old']);
    });

    it('takes an empty value as a deletion, and a deletion of nothing as no harm', async () => {
      expect(await code([put('d')])).toBe(VALID);
      expect(await code([put('d', '')])).toBe(VALID);
      expect(await evaluate(world.contract(ORG1), [{ do: 'range', start: 'd', end: 'e' }])).toEqual([[]]);
      expect(await code([{ do: 'delete', key: 'never' }])).toBe(VALID);
    });

    it('sees private reads by their hashes', async () => {
      const book = bookOf(ORG1);
      expect(await code([put('p', '1', book)], [ORG1])).toBe(VALID);
      const readBoth = [{ do: 'getHash', key: 'p', collection: book }, put('p2')] as const;
      expect(await together([[put('p', '2', book)], [ORG1]], [readBoth])).toEqual([VALID, MVCC_READ_CONFLICT]);
    });

    it('refuses what a new definition overtook', async () => {
      const { envelope, txId } = await endorseRaw(world.engine, ORG1, { creator, steps: [put('u')], endorsers: BOTH });
      await world.engine.deployInProcess({
        name: 'script',
        connect: (mspId) => linkToChaincode('script', mspId, scriptChaincode),
      });
      await submitRaw(world.engine, ORG1, envelope, creator);
      expect(await statusRaw(world.engine, ORG1, txId, creator)).toBe(MVCC_READ_CONFLICT);
    });
  });

  describe('of ranges', () => {
    const rows = (prefix: string, count: number): Step[] =>
      Array.from({ length: count }, (_, index) => put(`${prefix}${String(index).padStart(3, '0')}`));
    const scan = (prefix: string, take?: number): Step => ({
      do: 'range',
      start: prefix,
      end: `${prefix}~`,
      ...(take === undefined ? {} : { take }),
    });

    it.each([3, 60])('refuses an insert into a range of %i scanned keys', async (count) => {
      const prefix = `r${String(count)}-`;
      await code(rows(prefix, count));
      expect(await together([[put(`${prefix}001x`)]], [[scan(prefix), put('after')]])).toEqual([
        VALID,
        PHANTOM_READ_CONFLICT,
      ]);
      expect(await together([[put('elsewhere')]], [[scan(prefix), put('after')]])).toEqual([VALID, VALID]);
    });

    it.each([
      ['among the rows that the peer fetched', '050x', PHANTOM_READ_CONFLICT],
      ['after them', '120x', VALID],
    ])('counts what was fetched, not what was read: %s', async (_name, suffix, expected) => {
      const prefix = `s${suffix}-`;
      await code(rows(prefix, 150));
      const inserted = [put(`${prefix}${suffix}`)];
      expect(await together([inserted], [[scan(prefix, 1), put('after')]])).toEqual([VALID, expected]);
    });
  });

  describe('of endorsements', () => {
    it('holds a majority of the peers to be enough, and one to be too few', async () => {
      expect(await code([put('m')], [ORG1, ORG3])).toBe(VALID);
      expect(await code([put('m')], [ORG2])).toBe(ENDORSEMENT_POLICY_FAILURE);
    });

    it('asks for the chaincode’s policy even where nothing is written', async () => {
      expect(await code([get('m')], [ORG1])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([get('m')], BOTH)).toBe(VALID);
    });

    it('asks for the owner of a book, and for nobody else', async () => {
      expect(await code([put('k', 'v', bookOf(ORG2))], [ORG2])).toBe(VALID);
      expect(await code([put('k', 'v', bookOf(ORG2))], [ORG1, ORG3])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([put('k', 'v', bookOf(ORG2)), put('k', 'v', bookOf(ORG3))], [ORG2])).toBe(
        ENDORSEMENT_POLICY_FAILURE,
      );
      expect(await code([put('k', 'v', bookOf(ORG2)), put('k')], [ORG2])).toBe(ENDORSEMENT_POLICY_FAILURE);
    });

    it('counts no endorsement of a client, of a stranger, or twice', async () => {
      const { envelope, txId } = await endorseRaw(world.engine, ORG1, {
        creator,
        steps: [put('f')],
        endorsers: [ORG1],
      });
      const add = async (...signers: readonly TestIdentity[]): Promise<typeof envelope> => {
        const made: peer.Endorsement[] = [];
        const collect = (action: peer.ChaincodeEndorsedAction): Uint8Array => action.getProposalResponsePayload_asU8();
        let payload = new Uint8Array();
        withAction(envelope, (action) => {
          payload = Uint8Array.from(collect(action));
        });
        for (const signer of signers) {
          made.push(await endorsement(payload, signer));
        }
        return withAction(envelope, (action) => {
          action.setEndorsementsList([...action.getEndorsementsList(), ...made]);
        });
      };
      const { user, authority } = organizationOf(world.orgs, ORG2);
      const own = organizationOf(world.orgs, ORG1);
      const secondPeer = await own.authority.issue('peer1', { units: ['peer'] });
      const stranger = { ...(await authority.issue('x', { units: ['peer'] })), mspId: ORG3 };
      await submitRaw(world.engine, ORG1, await add(user, own.peer, secondPeer, stranger), creator);
      expect(await statusRaw(world.engine, ORG1, txId, creator)).toBe(ENDORSEMENT_POLICY_FAILURE);
    });

    it('refuses a response payload that nobody signed, and the proposal of another', async () => {
      const first = await endorseRaw(world.engine, ORG1, { creator, steps: [put('g')], endorsers: BOTH });
      const tampered = withAction(first.envelope, (action) => {
        const payload = peer.ProposalResponsePayload.deserializeBinary(action.getProposalResponsePayload_asU8());
        const content = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
        content.getResponse()?.setMessage('changed');
        payload.setExtension$(content.serializeBinary());
        action.setProposalResponsePayload(payload.serializeBinary());
      });
      await submitRaw(world.engine, ORG1, tampered, creator);
      expect(await statusRaw(world.engine, ORG1, first.txId, creator)).toBe(ENDORSEMENT_POLICY_FAILURE);

      const second = await endorseRaw(world.engine, ORG1, { creator, steps: [put('h')], endorsers: BOTH });
      const foreign = withAction(second.envelope, (_action, payload) => {
        payload.setChaincodeProposalPayload(Buffer.from('another proposal'));
      });
      await submitRaw(world.engine, ORG1, foreign, creator);
      expect(await statusRaw(world.engine, ORG1, second.txId, creator)).toBe(
        peer.TxValidationCode.INVALID_ENDORSER_TRANSACTION,
      );
    });

    it('counts a transaction once', async () => {
      const { envelope, txId } = await endorseRaw(world.engine, ORG1, { creator, steps: [put('i')], endorsers: BOTH });
      await submitRaw(world.engine, ORG1, envelope, creator);
      await submitRaw(world.engine, ORG1, envelope, creator);
      expect(await statusRaw(world.engine, ORG1, txId, creator)).toBe(VALID);
      await submitRaw(world.engine, ORG1, envelope, creator);
      await submit(world.contract(ORG1), [put('j')]);
      const flags = world.engine.blocks(ORG1).slice(-2).flatMap(flagsOf);
      expect(flags).toEqual([VALID, DUPLICATE_TXID, DUPLICATE_TXID, VALID]);
      expect(await statusRaw(world.engine, ORG1, txId, creator)).toBe(VALID);
    });

    it('refuses a signature over another envelope in the block, had the orderer let it in', async () => {
      const { envelope } = await endorseRaw(world.engine, ORG1, { creator, steps: [put('o')], endorsers: BOTH });
      envelope.setSignature(await signerOf(creator)(Buffer.from('x')));
      await expect(orderRaw(world.engine, ORG1, envelope)).rejects.toThrow('status=FORBIDDEN');
    });
  });

  describe('of keys with a policy of their own', () => {
    it.each([
      ['public', undefined],
      ['private', bookOf(ORG1)],
    ])('holds only that policy: %s', async (kind, collection) => {
      const key = `sbe-${kind}`;
      expect(await code([put(key, '1', collection), guard(key, [ORG2], collection)], BOTH)).toBe(VALID);
      expect(await code([put(key, '2', collection)], [ORG1, ORG3])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([put(key, '3', collection)], [ORG2])).toBe(VALID);
      expect(await code([guard(key, [ORG1], collection)], [ORG1, ORG3])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([guard(key, [ORG3], collection)], [ORG2])).toBe(VALID);
      expect(await code([put(key, '4', collection)], [ORG2])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([put(key, '5', collection)], [ORG3])).toBe(VALID);
    });

    it('keeps the value readable when only the policy changed', async () => {
      const collection = bookOf(ORG1);
      expect(await code([put('kept', 'v', collection)], [ORG1])).toBe(VALID);
      expect(await code([guard('kept', [ORG1, ORG2], collection)], [ORG1])).toBe(VALID);
      expect(await evaluate(world.contract(ORG1), [get('kept', collection)])).toEqual(['v']);
      expect(await evaluate(world.contract(ORG1), [{ do: 'getPolicy', key: 'kept', collection }])).not.toEqual(['']);
    });

    it('leaves the owner of a book without a value that only another endorsed', async () => {
      const collection = bookOf(ORG1);
      expect(await code([put('pulled', '1', collection), guard('pulled', [ORG2], collection)], [ORG1])).toBe(VALID);
      expect(await code([put('pulled', '2', collection)], [ORG2])).toBe(VALID);
      await expect(evaluate(world.contract(ORG1), [get('pulled', collection)])).rejects.toThrow(
        'private data matching public hash version is not available',
      );
      expect(await code([put('pulled', '3', collection)], [ORG1, ORG2])).toBe(VALID);
      expect(await evaluate(world.contract(ORG1), [get('pulled', collection)])).toEqual(['3']);
    });

    it('refuses to touch a key whose policy changes in the same block', async () => {
      await code([put('same'), guard('same', BOTH)]);
      expect(await together([[guard('same', [ORG1])]], [[put('same', '2')]])).toEqual([
        VALID,
        ENDORSEMENT_POLICY_FAILURE,
      ]);
    });

    it('is back to the chaincode’s policy after the key was deleted', async () => {
      await code([put('gone'), guard('gone', [ORG2])]);
      expect(await code([{ do: 'delete', key: 'gone' }], [ORG1, ORG3])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([{ do: 'delete', key: 'gone' }], [ORG2])).toBe(VALID);
      expect(await code([put('gone')], [ORG2])).toBe(ENDORSEMENT_POLICY_FAILURE);
      expect(await code([put('gone')], [ORG1, ORG3])).toBe(VALID);
    });

    it('forgets a policy that is set on no key', async () => {
      expect(await code([guard('noKey', [ORG2])])).toBe(VALID);
      expect(await code([put('noKey')], [ORG1, ORG3])).toBe(VALID);
    });

    it('plans whom the key asks for', async () => {
      await code([put('planned'), guard('planned', [ORG3])]);
      await submit(world.contract(ORG1), [put('planned', '2')]);
      expect(await evaluate(world.contract(ORG2), [get('planned')])).toEqual(['2']);
    });
  });

  it('purges value and hash on every peer', async () => {
    const collection = bookOf(ORG1);
    expect(await code([put('purged', 'v', collection)], [ORG1])).toBe(VALID);
    expect(await code([{ do: 'purge', key: 'purged', collection }], [ORG2])).toBe(ENDORSEMENT_POLICY_FAILURE);
    expect(await code([{ do: 'purge', key: 'purged', collection }], [ORG1])).toBe(VALID);
    expect(await evaluate(world.contract(ORG1), [get('purged', collection)])).toEqual(['']);
    expect(await evaluate(world.contract(ORG2), [{ do: 'getHash', key: 'purged', collection }])).toEqual(['']);
  });

  it('keeps transient data out of blocks', async () => {
    const options = { transientData: { note: 'canary-4711' }, endorsingOrganizations: BOTH };
    await submit(world.contract(ORG1), [put('t')], options);
    const all = Buffer.concat([...world.engine.blocks(ORG1)]);
    expect(all.includes('canary-4711')).toBe(false);
  });

  it('tells the SDK the code', async () => {
    const failed = submit(world.contract(ORG1), [put('few')], { endorsingOrganizations: [ORG1] });
    const error = await failed.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CommitError);
    expect((error as CommitError).code).toBe(ENDORSEMENT_POLICY_FAILURE);
  });
});

function flagsOf(bytes: Uint8Array): number[] {
  const block = common.Block.deserializeBinary(bytes);
  return [...(block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? [])];
}
