// Blocks by the Deliver service, through the unmodified SDK and below it: positions, statuses, rights, and what is in them.
import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from '@hyperledger/fabric-gateway';
import type { TestIdentity } from '../../test/support/testIdentities.js';
import { codeOf, collectionsOf } from './support/raw.js';
import { seek, seekEnvelope, type SeekRequest } from './support/seek.js';
import { CHANNEL, openWorld, organizationOf, ORG1, ORG2, ORG3, submit, userOf, type World } from './support/world.js';

let world: World;

beforeAll(async () => {
  world = await openWorld({
    collections: collectionsOf(
      { name: 'pair', members: [ORG1, ORG2] },
      { name: 'closed', members: [ORG1], memberOnlyRead: true },
    ),
  });
  await submit(world.contract(ORG1), [
    { do: 'put', key: 'k', value: 'v' },
    { do: 'event', name: 'happened', value: 'secret payload' },
  ]);
  await submit(world.contract(ORG1), [{ do: 'put', key: 'p', value: 'private', collection: 'pair' }]);
  await submit(world.contract(ORG1), [{ do: 'put', key: 'p', value: 'private', collection: 'closed' }]);
});

afterAll(async () => {
  await world.close();
});

const networkOf = (mspId: string): Network => world.gateway(mspId).getNetwork(CHANNEL);

async function first<T>(events: AsyncIterable<T> & { close(): void }, count: number): Promise<T[]> {
  const found: T[] = [];
  for await (const event of events) {
    found.push(event);
    if (found.length === count) {
      break;
    }
  }
  events.close();
  return found;
}

describe('block events', () => {
  it('start at a block, go through the chain, and wait for the next', async () => {
    const height = world.engine.height;
    const reading = first(await networkOf(ORG1).getBlockEvents({ startBlock: 0n }), height + 1);
    await submit(world.contract(ORG1), [{ do: 'put', key: 'later', value: 'v' }]);
    const blocks = await reading;
    expect(blocks.map((block) => block.getHeader()?.getNumber())).toEqual(blocks.map((_, number) => number));
    expect(blocks.map((block) => Buffer.from(block.serializeBinary()))).toEqual(
      world.engine.blocks(ORG1).map((bytes) => Buffer.from(bytes)),
    );
  });

  it('start with the next block when nothing is said', async () => {
    const reading = first(await networkOf(ORG1).getBlockEvents(), 1);
    const next = world.engine.height;
    await submit(world.contract(ORG1), [{ do: 'put', key: 'n', value: 'v' }]);
    expect((await reading)[0]?.getHeader()?.getNumber()).toBe(next);
  });

  it('filtered: ids and codes of all transactions, events without payload', async () => {
    const creator = userOf(world.orgs, ORG1);
    const steps = [{ do: 'event', name: 'vain', value: 'x' } as const];
    expect(await codeOf(world.engine, ORG1, { creator, steps, endorsers: [ORG1] })).toBe(10);
    const [genesis, , written, ...rest] = await first(
      await networkOf(ORG3).getFilteredBlockEvents({ startBlock: 0n }),
      world.engine.height,
    );
    expect(genesis?.getFilteredTransactionsList()[0]?.getType()).toBe(common.HeaderType.CONFIG);
    const events = (block: peer.FilteredBlock | undefined): object[] =>
      (block?.getFilteredTransactionsList() ?? []).flatMap((transaction) =>
        (transaction.getTransactionActions()?.getChaincodeActionsList() ?? []).map((action) => ({
          code: transaction.getTxValidationCode(),
          name: action.getChaincodeEvent()?.getEventName(),
          payload: action.getChaincodeEvent()?.getPayload(),
        })),
      );
    expect(written?.getChannelId()).toBe(CHANNEL);
    expect(events(written)).toEqual([{ code: 0, name: 'happened', payload: '' }]);
    expect(events(rest.at(-1))).toEqual([{ code: 10, name: 'vain', payload: '' }]);
  });

  it('with private data that the peer holds: of a closed collection to its members alone', async () => {
    const maps = async (through: string, as: string, startBlock = 3n): Promise<number> => {
      const network = world.gateway(through, userOf(world.orgs, as)).getNetwork(CHANNEL);
      const [found] = await first(await network.getBlockAndPrivateDataEvents({ startBlock }), 1);
      return found?.getPrivateDataMapMap().getLength() ?? -1;
    };
    expect(await maps(ORG1, ORG3)).toBe(1);
    expect(await maps(ORG2, ORG2)).toBe(1);
    expect(await maps(ORG3, ORG1)).toBe(0);
    expect(await maps(ORG1, ORG3, 4n)).toBe(0);
    expect(await maps(ORG1, ORG1, 4n)).toBe(1);
  });
});

describe('a seek request', () => {
  it.each([
    ['the newest block alone', seek('newest', 'newest'), 1, 'SUCCESS'],
    ['the oldest block alone', seek('oldest', 'oldest'), 1, 'SUCCESS'],
    ['two blocks', seek(0, 1), 2, 'SUCCESS'],
    ['more than there is', seek('newest', 100), 1, 'NOT_FOUND'],
    ['a block that is not there yet', seek('next', 'next'), 0, 'NOT_FOUND'],
    ['a block far beyond the chain', seek(1000, 1000, false), 0, 'NOT_FOUND'],
    ['a stop before the start', seek(2, 1), 0, 'BAD_REQUEST'],
    ['no start', seek(undefined, 1), 0, 'BAD_REQUEST'],
    ['no stop', seek(1, undefined), 0, 'BAD_REQUEST'],
  ] as const)('for %s gets its blocks and its status', async (_what, info, blocks, status) => {
    expect(await ask(userOf(world.orgs, ORG1), { info })).toEqual({ blocks, status });
  });

  it('with another clock, for another channel, or of somebody who is no reader is refused', async () => {
    const info = seek('oldest', 'oldest');
    const user = userOf(world.orgs, ORG1);
    const old = new Date(Date.now() - 20 * 60 * 1000);
    expect(await ask(user, { info, timestamp: old })).toEqual({ blocks: 0, status: 'BAD_REQUEST' });
    expect(await ask(user, { info, channel: 'elsewhere' })).toEqual({ blocks: 0, status: 'NOT_FOUND' });
    expect(await ask(organizationOf(world.orgs, 'OrdererMSP').user, { info })).toEqual({
      blocks: 0,
      status: 'FORBIDDEN',
    });
  });
});

describe('block 0', () => {
  it('says which organisations there are, and what their policies and certificates are', () => {
    const [, payload] = transactionIn(common.Block.deserializeBinary(must(world.engine.blocks(ORG1)[0])));
    const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig();
    const application = must(config?.getChannelGroup()?.getGroupsMap().get('Application'));
    expect(
      application
        .getGroupsMap()
        .getEntryList()
        .map(([name]) => name)
        .sort(),
    ).toEqual([ORG1, ORG2, ORG3]);
    expect(application.getPoliciesMap().has('Endorsement')).toBe(true);
    expect(application.getGroupsMap().get(ORG1)?.getValuesMap().has('MSP')).toBe(true);
  });
});

describe('the system chaincodes', () => {
  const query = async (name: string, ...args: string[]): Promise<Uint8Array> =>
    networkOf(ORG1)
      .getContract(name)
      .evaluate(args[0] ?? '', { arguments: args.slice(1) });
  const refused = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'nothing was refused',
      (error: unknown) => String(error),
    );

  it('tell of the chain, its blocks and its transactions', async () => {
    const info = common.BlockchainInfo.deserializeBinary(await query('qscc', 'GetChainInfo', CHANNEL));
    expect(info.getHeight()).toBe(world.engine.height);
    const last = common.Block.deserializeBinary(
      await query('qscc', 'GetBlockByNumber', CHANNEL, '18446744073709551615'),
    );
    expect(last.getHeader()?.getNumber()).toBe(world.engine.height - 1);
    expect(info.getPreviousblockhash_asB64()).toBe(last.getHeader()?.getPreviousHash_asB64());
    const [envelope, payload] = transactionIn(last);
    const header = common.ChannelHeader.deserializeBinary(must(payload.getHeader()).getChannelHeader_asU8());
    const found = await query('qscc', 'GetTransactionByID', CHANNEL, header.getTxId());
    expect(peer.ProcessedTransaction.deserializeBinary(found).getTransactionenvelope()?.serializeBinary()).toEqual(
      envelope.serializeBinary(),
    );
    const block = common.Block.deserializeBinary(await query('qscc', 'GetBlockByTxID', CHANNEL, header.getTxId()));
    expect(block.getHeader()?.getNumber()).toBe(last.getHeader()?.getNumber());
    const byHash = await networkOf(ORG1)
      .getContract('qscc')
      .evaluate('GetBlockByHash', { arguments: [CHANNEL, info.getCurrentblockhash_asU8()] });
    expect(common.Block.deserializeBinary(byHash).getHeader()?.getNumber()).toBe(last.getHeader()?.getNumber());
  });

  it('say with Fabric’s texts what is not there', async () => {
    const unknown = createHash('sha256').update('nothing').digest('hex');
    expect(await refused(query('qscc', 'GetTransactionByID', CHANNEL, unknown))).toContain(
      `chaincode response 500, Failed to get transaction with id ${unknown}, error no such transaction ID [${unknown}] in index`,
    );
    expect(await refused(query('qscc', 'GetBlockByNumber', CHANNEL, '999'))).toContain(
      'Failed to get block number 999, error no such block number [999] in index',
    );
    expect(await refused(query('qscc', 'GetBlockByNumber', CHANNEL, 'x'))).toContain(
      'Failed to parse block number with error strconv.ParseUint: parsing "x": invalid syntax',
    );
    expect(await refused(query('qscc', 'GetChainInfo', 'elsewhere'))).toContain('Invalid chain ID, elsewhere');
    expect(await refused(query('lscc', 'getchaincodes'))).toContain('devnet does not serve the system chaincode lscc');
  });

  it('give the configuration and the definitions', async () => {
    const block = common.Block.deserializeBinary(await query('cscc', 'GetConfigBlock', CHANNEL));
    expect(block.getHeader()?.getNumber()).toBe(0);
    const config = common.Config.deserializeBinary(await query('cscc', 'GetChannelConfig', CHANNEL));
    expect(config.getChannelGroup()?.getGroupsMap().has('Orderer')).toBe(true);
    const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
    args.setName('script');
    const answer = await networkOf(ORG1)
      .getContract('_lifecycle')
      .evaluate('QueryChaincodeDefinition', { arguments: [args.serializeBinary()] });
    expect(peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(answer).toObject()).toMatchObject({
      sequence: 1,
      version: '1.0',
      collections: {
        configList: [{ staticCollectionConfig: { name: 'pair' } }, { staticCollectionConfig: { name: 'closed' } }],
      },
    });
  });

  it('cannot be submitted', async () => {
    const contract = networkOf(ORG1).getContract('qscc');
    expect(await refused(contract.submit('GetChainInfo', { arguments: [CHANNEL] }))).toContain(
      '9 FAILED_PRECONDITION: no combination of peers can be derived which satisfy the endorsement policy: ' +
        `No metadata was found for chaincode qscc in channel ${CHANNEL}`,
    );
  });
});

/** The first transaction of a block and its payload. */
function transactionIn(block: common.Block): [common.Envelope, common.Payload] {
  const envelope = common.Envelope.deserializeBinary(must(must(block.getData()).getDataList_asU8()[0]));
  return [envelope, common.Payload.deserializeBinary(envelope.getPayload_asU8())];
}

function must<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('missing');
  }
  return value;
}

/** One seek request, and what comes back: number of blocks and status. */
async function ask(asker: TestIdentity, request: SeekRequest): Promise<{ blocks: number; status: string }> {
  const envelope = await seekEnvelope(asker, request);
  const stream = world.engine.inProcessClient(ORG1).makeBidiStreamRequest(
    '/protos.Deliver/Deliver',
    (message: common.Envelope) => Buffer.from(message.serializeBinary()),
    (bytes) => peer.DeliverResponse.deserializeBinary(bytes),
    {},
  );
  stream.write(envelope);
  let blocks = 0;
  for await (const response of stream as unknown as AsyncIterable<peer.DeliverResponse>) {
    if (response.hasBlock()) {
      blocks += 1;
      continue;
    }
    const status = Object.entries(common.Status).find(([, value]) => value === response.getStatus())?.[0] ?? '';
    return { blocks, status };
  }
  return { blocks, status: 'ended' };
}
