// Blocks: how they are cut, chained and delivered; events from a checkpoint; peers that were away; orders that replay.
import { createHash } from 'node:crypto';
import type { ChaincodeEvent } from '@hyperledger/fabric-gateway';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { codeOf, endorseRaw, statusRaw, submitRaw } from './support/raw.js';
import type { Step } from './support/scriptChaincode.js';
import {
  bookOf,
  CHAINCODE,
  CHANNEL,
  evaluate,
  openWorld,
  ORG1,
  ORG2,
  ORG3,
  submit,
  userOf,
  type World,
} from './support/world.js';

const put = (key: string, collection?: string): Step => ({
  do: 'put',
  key,
  value: 'v',
  ...(collection === undefined ? {} : { collection }),
});
const event = (name: string): Step => ({ do: 'event', name, value: '' });
const BOTH = { endorsingOrganizations: [ORG1, ORG2] };

let world: World;

describe('the orderer', () => {
  afterEach(() => world.close());

  it('cuts a block when it is full', async () => {
    world = await openWorld({ batch: { timeoutMs: 10_000, maxMessageCount: 10, preferredMaxBytes: 1 << 20 } });
    const before = world.engine.height;
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => submit(world.contract(ORG1), [put(`k${String(index)}`)])),
    );
    expect(world.engine.height).toBe(before + 1);
  });

  it('cuts a block when its time has come', async () => {
    world = await openWorld({ batch: { timeoutMs: 200, maxMessageCount: 10, preferredMaxBytes: 1 << 20 } });
    const began = performance.now();
    await submit(world.contract(ORG1), [put('k')]);
    expect(performance.now() - began).toBeGreaterThanOrEqual(195);
  });

  it('puts what is larger than a block should be into one of its own', async () => {
    world = await openWorld({ batch: { timeoutMs: 50, maxMessageCount: 10, preferredMaxBytes: 8000 } });
    const before = world.engine.height;
    const large: Step = { do: 'put', key: 'large', value: 'x'.repeat(9000) };
    await Promise.all([submit(world.contract(ORG1), [put('a')]), submit(world.contract(ORG1), [large])]);
    expect(world.engine.height).toBe(before + 2);
  });
});

describe('the chain', () => {
  afterEach(() => world.close());

  it('verifies from the first block, and is the same on every peer', async () => {
    world = await openWorld();
    await submit(world.contract(ORG1), [put('a')]);
    await codeOf(world.engine, ORG1, { creator: userOf(world.orgs, ORG1), steps: [put('b')], endorsers: [ORG1] });
    let previous: Uint8Array = new Uint8Array();
    world.engine.blocks(ORG1).forEach((bytes, number) => {
      const block = common.Block.deserializeBinary(bytes);
      const header = block.getHeader() ?? new common.BlockHeader();
      expect(header.getNumber()).toBe(number);
      expect(Buffer.from(header.getPreviousHash_asU8())).toEqual(Buffer.from(previous));
      const data = block.getData()?.getDataList_asU8() ?? [];
      expect(Buffer.from(header.getDataHash_asU8())).toEqual(sha256(Buffer.concat(data)));
      expect(block.getMetadata()?.getMetadataList_asU8()).toHaveLength(5);
      expect(flagsOf(block)).toHaveLength(data.length);
      previous = headerHash(number, header);
    });
    expect(world.engine.blocks(ORG1).map((bytes) => flagsOf(common.Block.deserializeBinary(bytes)))).toEqual([
      [0],
      [0],
      [0],
      [10],
    ]);
    expect(world.engine.blocks(ORG3)).toEqual(world.engine.blocks(ORG1));
  });

  it('shows in each transaction that the definition was read', async () => {
    world = await openWorld();
    await submit(world.contract(ORG1), [put('a')]);
    const reads = readKeys(world.engine.blocks(ORG1).at(-1) ?? new Uint8Array());
    expect(reads).toEqual([`_lifecycle/namespaces/fields/${CHAINCODE}/Sequence`]);
    await submit(world.contract(ORG1), [put('a', bookOf(ORG1))], { endorsingOrganizations: [ORG1] });
    const fields = ['Collections', 'EndorsementInfo', 'Sequence', 'ValidationInfo'];
    expect(readKeys(world.engine.blocks(ORG1).at(-1) ?? new Uint8Array())).toEqual([
      ...fields.map((field) => `_lifecycle/namespaces/fields/${CHAINCODE}/${field}`),
      `_lifecycle/namespaces/metadata/${CHAINCODE}`,
    ]);
  });

  it('commits before it says so', async () => {
    world = await openWorld();
    for (let index = 0; index < 20; index += 1) {
      await submit(world.contract(ORG1), [put(String(index))]);
      expect(await evaluate(world.contract(ORG3), [{ do: 'get', key: String(index) }])).toEqual(['v']);
    }
  });
});

describe('chaincode events', () => {
  afterEach(() => world.close());

  async function take(count: number, options: { startBlock?: bigint; checkpoint?: string }): Promise<ChaincodeEvent[]> {
    const network = world.gateway(ORG1).getNetwork(CHANNEL);
    const { checkpoint, ...start } = options;
    const after =
      checkpoint === undefined
        ? {}
        : { checkpoint: { getBlockNumber: () => undefined, getTransactionId: () => checkpoint } };
    using events = await network.getChaincodeEvents(CHAINCODE, { ...start, ...after });
    const found: ChaincodeEvent[] = [];
    for await (const next of events) {
      found.push(next);
      if (found.length === count) {
        break;
      }
    }
    return found;
  }

  it('leave out invalid transactions, and go on after a checkpoint in the middle of a block', async () => {
    world = await openWorld({ batch: { timeoutMs: 50, maxMessageCount: 3, preferredMaxBytes: 1 << 20 } });
    const invalid = submit(world.contract(ORG1), [event('invalid'), put('x')], { endorsingOrganizations: [ORG1] });
    await expect(invalid).rejects.toThrow();
    const names = ['one', 'two', 'three'];
    await Promise.all(names.map((name) => submit(world.contract(ORG1), [event(name), put(name)], BOTH)));
    await submit(world.contract(ORG1), [event('four'), put('four')], BOTH);
    const all = await take(4, { startBlock: 0n });
    expect(all.map(({ eventName }) => eventName).sort()).toEqual(['four', 'one', 'three', 'two']);
    expect(new Set(all.slice(0, 3).map(({ blockNumber }) => blockNumber)).size).toBe(1);
    const rest = await take(2, { startBlock: 0n, checkpoint: all[1]?.transactionId ?? '' });
    expect(rest).toEqual(all.slice(2));
  });

  it('start with the next block, wait for a block of the future, and end with their reader', async () => {
    world = await openWorld();
    await submit(world.contract(ORG1), [event('before'), put('b')], BOTH);
    const next = take(1, {});
    const later = take(1, { startBlock: BigInt(world.engine.height + 1) });
    await new Promise((resolve) => setImmediate(resolve));
    await submit(world.contract(ORG1), [event('first'), put('f')], BOTH);
    await submit(world.contract(ORG1), [event('second'), put('s')], BOTH);
    expect((await next).map(({ eventName }) => eventName)).toEqual(['first']);
    expect((await later).map(({ eventName }) => eventName)).toEqual(['second']);
  });

  it('never come after a checkpoint that had none', async () => {
    world = await openWorld();
    const proposal = world.contract(ORG1).newProposal('run', { arguments: [JSON.stringify([put('silent')])], ...BOTH });
    const transaction = await proposal.endorse();
    await (await transaction.submit()).getStatus();
    const waiting = take(1, { checkpoint: transaction.getTransactionId() });
    await submit(world.contract(ORG1), [event('unheard'), put('u')], BOTH);
    const outcome = await Promise.race([waiting, new Promise((resolve) => setTimeout(resolve, 100, 'nothing'))]);
    expect(outcome).toBe('nothing');
    await world.engine.close();
    await expect(waiting).rejects.toThrow('UNAVAILABLE');
  });
});

describe('a stopped peer', () => {
  afterEach(() => world.close());

  it('is no candidate, and has everything of its own once it runs again', async () => {
    world = await openWorld();
    await world.engine.stopPeer(ORG2);
    await submit(world.contract(ORG1), [put('public')]);
    await expect(evaluate(world.contract(ORG2), [])).rejects.toThrow('14 UNAVAILABLE: No connection established');
    await expect(submit(world.contract(ORG1), [put('b', bookOf(ORG2))], BOTH)).rejects.toThrow(
      `14 UNAVAILABLE: failed to find any endorsing peers for org(s): ${ORG2}`,
    );
    await world.engine.startPeer(ORG2);
    const [value] = await evaluate(world.contract(ORG2), [{ do: 'get', key: 'public' }], {
      endorsingOrganizations: [ORG2],
    });
    expect(value).toBe('v');
  });

  it('gets private data that it endorsed and that was committed while it was away', async () => {
    world = await openWorld();
    const creator = userOf(world.orgs, ORG1);
    const steps = [put('k', bookOf(ORG2))];
    const { envelope, txId } = await endorseRaw(world.engine, ORG1, { creator, steps, endorsers: [ORG2] });
    await world.engine.stopPeer(ORG2);
    await submitRaw(world.engine, ORG1, envelope, creator);
    await statusRaw(world.engine, ORG1, txId, creator);
    await world.engine.startPeer(ORG2);
    expect(await evaluate(world.contract(ORG2), [{ do: 'get', key: 'k', collection: bookOf(ORG2) }])).toEqual(['v']);
  });

  it('drops its open calls', async () => {
    world = await openWorld();
    const waiting = evaluate(world.contract(ORG2), [{ do: 'sleep', milliseconds: 500 }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([expect(waiting).rejects.toThrow('UNAVAILABLE'), world.engine.stopPeer(ORG2)]);
  });
});

describe('a seed', () => {
  const opened: World[] = [];
  afterAll(() => Promise.all(opened.map((racing) => racing.close())));

  /** What becomes of transactions that race for one key: a code, or a refusal because endorsers were not equally far. */
  async function race(seed: number): Promise<(number | string)[]> {
    const racing = await openWorld({ seed });
    const creator = userOf(racing.orgs, ORG1);
    const codes = await Promise.all(
      Array.from({ length: 8 }, () =>
        codeOf(racing.engine, ORG1, {
          creator,
          steps: [{ do: 'get', key: 'k' }, put('k')],
          endorsers: [ORG1, ORG2],
        }).catch(String),
      ),
    );
    opened.push(racing);
    return codes;
  }

  it('replays the order in which concurrent transactions proceed', async () => {
    const outcomes = new Set<string>();
    for (const seed of [1, 2, 3, 4]) {
      const first = await race(seed);
      expect(await race(seed)).toEqual(first);
      outcomes.add(first.join());
    }
    expect(outcomes.size).toBeGreaterThan(1);
  });
});

function flagsOf(block: common.Block): number[] {
  return [...(block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? [])];
}

/** Every key in the public read sets of a block of one transaction. */
function readKeys(bytes: Uint8Array): string[] {
  const [data] = common.Block.deserializeBinary(bytes).getData()?.getDataList_asU8() ?? [];
  const envelope = common.Envelope.deserializeBinary(data ?? new Uint8Array());
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const [item] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList();
  const action = peer.ChaincodeActionPayload.deserializeBinary(item?.getPayload_asU8() ?? new Uint8Array()).getAction();
  const response = peer.ProposalResponsePayload.deserializeBinary(
    action?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  const results = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()).getResults_asU8();
  return ledger.rwset.TxReadWriteSet.deserializeBinary(results)
    .getNsRwsetList()
    .flatMap((set) =>
      ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8())
        .getReadsList()
        .map((read) => `${set.getNamespace()}/${read.getKey()}`),
    );
}

/** Written again, by the ASN.1 of Fabric's own code, so that it does not trust what it checks. */
function headerHash(number: number, header: common.BlockHeader): Buffer {
  const octets = (content: Uint8Array): Buffer => Buffer.concat([Buffer.of(0x04, content.length), content]);
  const body = Buffer.concat([
    Buffer.of(0x02, 1, number),
    octets(header.getPreviousHash_asU8()),
    octets(header.getDataHash_asU8()),
  ]);
  return sha256(Buffer.concat([Buffer.of(0x30, body.length), body]));
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
