/** Cases of blocks and events: positions, statuses, filtered blocks, private data beside, chaincode events, qscc. */
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { codeName, outcomeOf, Retry, type Context, type Prepared } from '../support/context.js';
import type { Org } from '../support/net.js';
import type { SeekParts } from '../support/messages.js';
import { EMPTY } from '../support/messages.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';
import type { Delivered } from '../support/wire.js';

const MINUTE_MS = 60_000;
const statusName = (code: number): string =>
  Object.entries(common.Status).find(([, each]) => each === code)?.[0] ?? String(code);

/** Numbers of blocks relative to the first, then the status. */
function shape({ responses, error }: Delivered, base = 0): unknown {
  const parts = responses.map((each) => {
    const number = each.getBlock()?.getHeader()?.getNumber() ?? each.getFilteredBlock()?.getNumber();
    return number === undefined ? statusName(each.getStatus()) : number - base;
  });
  return error === undefined ? parts : { parts, error };
}

const sought = (
  id: string,
  name: string,
  seek: (t: Context, height: number) => Partial<SeekParts>,
  base: (height: number) => number = () => 0,
): Case => ({
  id,
  name,
  alone: true,
  run: async (t) => {
    const height = await t.height();
    const delivered = await t.deliver('deliver', { wanted: height + 2, ...seek(t, height) });
    return shape(delivered, base(height));
  },
});

const tip = (height: number): number => height - 1;

async function committed(
  t: Context,
  steps: readonly Step[],
  targets = ['Org1MSP'],
  chaincode = 'any',
): Promise<Prepared & { block: number }> {
  const prepared = await t.prepare({ chaincode, targets, steps });
  await t.commit(prepared);
  return { ...prepared, block: (await t.status(prepared.txId)).block };
}

const put = (key: string): Step => ({ do: 'put', key });
const event = (name: string): Step => ({ do: 'event', name, value: `payload of ${name}` });

/** The lines of a filtered block that belong to some transactions. */
function filteredLines(block: peer.FilteredBlock | undefined, ids: readonly string[]): unknown[] {
  return (block?.getFilteredTransactionsList() ?? [])
    .filter((each) => ids.includes(each.getTxid()))
    .map((each) => ({
      type: each.getType(),
      code: codeName(each.getTxValidationCode()),
      events: (each.getTransactionActions()?.getChaincodeActionsList() ?? []).map((action) => {
        const found = action.getChaincodeEvent();
        return {
          chaincode: found?.getChaincodeId(),
          name: found?.getEventName(),
          txId: found?.getTxId(),
          payload: Buffer.from(found?.getPayload_asU8() ?? EMPTY).toString('utf8'),
        };
      }),
    }));
}

/** Collections that came with the block, for the transaction of the case. */
export function privateOf(response: peer.DeliverResponse | undefined, txId: string): unknown {
  const content = response?.getBlockAndPrivateData();
  const index = (content?.getBlock()?.getData()?.getDataList_asU8() ?? []).findIndex((each) =>
    Buffer.from(each).includes(txId),
  );
  const set = content?.getPrivateDataMapMap().get(index);
  return (set?.getNsPvtRwsetList() ?? []).map((each) => ({
    namespace: each.getNamespace(),
    collections: each.getCollectionPvtRwsetList().map((collection) => collection.getCollectionName()),
  }));
}

const qscc = (id: string, name: string, args: (t: Context) => readonly string[]): Case => ({
  id,
  name,
  run: async (t) => {
    const outcome = await t.evaluate({ chaincode: 'qscc', args: args(t) });
    return typeof outcome === 'string' ? 'bytes' : outcome;
  },
});

export const EVENTS: readonly Case[] = [
  {
    id: '99',
    name: 'Blocks from 0 to the newest',
    alone: true,
    run: async (t) => {
      const height = await t.height();
      const delivered = await t.deliver('deliver', { start: 'oldest', stop: 'newest', wanted: height + 2 });
      const [first, second, ...rest] = shape(delivered) as unknown[];
      return { begin: [first, second], complete: rest.length === height - 1, end: rest.at(-1) };
    },
  },
  sought('99-one', 'One block by its number', () => ({ start: 2, stop: 2 })),
  sought('99-newest', 'The newest block', () => ({ start: 'newest', stop: 'newest' }), tip),
  sought('99-beyond', 'A start beyond the height is not found', (_t, height) => ({
    start: height + 1,
    stop: height + 1,
  })),
  sought('99-tip', 'A start at the height is waited for, or not', (_t, height) => ({
    start: height,
    stop: height,
    failIfNotReady: true,
  })),
  sought('99-next', 'The next block is waited for, or not', (_t, height) => ({
    start: 'next',
    stop: height,
    failIfNotReady: true,
  })),
  sought('99-no-start', 'A seek needs a start', () => ({ stop: 2 })),
  sought('99-no-stop', 'A seek needs a stop', () => ({ start: 2 })),
  sought('99-backwards', 'A stop before the start is refused', () => ({ start: 3, stop: 2 })),
  sought(
    '99-past',
    'Blocks to a number beyond the tip come as far as there are any',
    (_t, height) => ({ start: height - 1, stop: height + 5, failIfNotReady: true }),
    tip,
  ),
  sought('99-channel', 'An unknown channel is not found', () => ({ start: 0, stop: 0, channel: 'elsewhere' })),
  sought('99-foreign', 'Blocks are for readers', (t) => ({ start: 0, stop: 0, creator: t.net.odd.foreign })),
  sought('99-expired', 'Blocks are not for the expired', (t) => ({ start: 0, stop: 0, creator: t.net.odd.expired })),
  ...(['deliver', 'deliverFiltered', 'deliverWithPrivateData'] as const).map((service): Case => ({
    id: `99-late-${service.toLowerCase()}`,
    name: `${service}: nothing for the expired, whoever vouches for them`,
    run: async (t) => {
      const { expired, latePretender, pretender } = t.net.odd;
      const asked = [expired, latePretender, pretender].map(async (creator) =>
        shape(await t.deliver(service, { start: 0, stop: 0, creator, wanted: 2 })),
      );
      return Promise.all(asked);
    },
  })),
  {
    id: '33-late',
    name: 'Status and events for the expired, whoever vouches for them',
    run: async (t) => {
      const { expired, latePretender, pretender } = t.net.odd;
      const { txId } = await committed(t, [put(t.key('k'))]);
      const asked = [expired, latePretender, pretender].map(async (by) => ({
        status: ((await outcomeOf(t.status(txId, { by }))) as { code: string }).code,
        events: (await t.events({ by, from: 'next' })).error ?? 'none',
      }));
      return Promise.all(asked);
    },
  },
  sought('99-clock', 'A clock 20 minutes behind is refused', () => ({
    start: 0,
    stop: 0,
    timestamp: new Date(Date.now() - 20 * MINUTE_MS),
  })),
  sought('99-peer', 'A peer reads blocks', (t) => ({ start: 0, stop: 0, creator: t.net.peers.Org2 })),
  {
    id: '99-waits',
    name: 'A block that is still to come is sent when it is there',
    alone: true,
    run: async (t) => {
      const height = await t.height();
      const waiting = t.deliver('deliver', { start: height, stop: height, wanted: 2 });
      await committed(t, [put(t.key('k'))]);
      return shape(await waiting, height);
    },
  },
  {
    id: '99-filtered',
    name: 'A filtered block lists invalid transactions and events without payload',
    run: async (t) => {
      const valid = await committed(t, [put(t.key('k')), event('seen')]);
      const invalid = await committed(t, [put(t.key('k')), event('unseen')], ['Org1MSP'], 'each');
      const lines: unknown[] = [];
      for (const { txId, block } of [valid, invalid]) {
        const { responses } = await t.deliver('deliverFiltered', { start: block, stop: block, wanted: 2 });
        lines.push(filteredLines(responses[0]?.getFilteredBlock(), [txId]));
      }
      return lines;
    },
  },
  {
    id: '99-events',
    name: 'Chaincode events leave out invalid transactions',
    run: async (t) => {
      const invalid = await committed(t, [put(t.key('k')), event('unseen')], ['Org1MSP'], 'each');
      const valid = await committed(t, [put(t.key('k')), event('seen')], ['Org1MSP', 'Org2MSP', 'Org3MSP'], 'each');
      const { events } = await t.events({ chaincode: 'each', from: invalid.block, wanted: 3 });
      return events.filter((each) => [invalid.txId, valid.txId].includes((each as { txId: string }).txId));
    },
  },
  {
    id: '99-events-other',
    name: 'Chaincode events of another chaincode are left out',
    run: async (t) => {
      const other = await committed(t, [put(t.key('k')), event('any')]);
      const { events } = await t.events({ chaincode: 'far', from: other.block });
      return events;
    },
  },
  {
    id: '99-events-position',
    name: 'Chaincode events have no oldest position',
    run: (t) => t.events({ from: 'oldest' }),
  },
  {
    id: '99-events-next',
    name: 'Chaincode events begin with what comes next',
    run: async (t) => {
      const before = await committed(t, [put(t.key('k')), event('before')]);
      const listening = t.events({ from: 'next', wanted: 1000 });
      await t.sleep(300);
      const after = await committed(t, [put(t.key('k')), event('after')]);
      const { events } = await listening;
      const heard = events.filter((each) => [before.txId, after.txId].includes((each as { txId: string }).txId));
      if (heard.length === 0) throw new Retry('the event came before the peer listened, or after we did');
      return heard;
    },
  },
  {
    id: '99-events-foreign',
    name: 'Chaincode events are for readers',
    run: (t) => t.events({ by: t.net.odd.foreign }),
  },
  {
    id: '100',
    name: 'A checkpoint in the middle of a block resumes after it',
    run: async (t) => {
      const prepared: Prepared[] = [];
      for (const name of ['a', 'b', 'c']) {
        prepared.push(
          await t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key(name)), event(name)] }),
        );
      }
      await t.oneBlock(...prepared);
      const { events } = await t.events({ after: prepared[1]?.txId ?? '', wanted: 1 });
      const own = prepared.map(({ txId }) => txId);
      return events.filter((each) => own.includes((each as { txId: string }).txId));
    },
  },
  {
    id: '100-eventless',
    name: 'A checkpoint without an event delivers nothing',
    run: async (t) => {
      const checkpoint = await committed(t, [put(t.key('k'))]);
      await committed(t, [put(t.key('k')), event('later')]);
      return t.events({ after: checkpoint.txId });
    },
  },
  {
    id: '100-unknown',
    name: 'An unknown checkpoint delivers nothing',
    run: async (t) => {
      const from = await committed(t, [put(t.key('k'))]);
      await committed(t, [put(t.key('k')), event('later')]);
      return t.events({ after: 'ab'.repeat(32), from: from.block });
    },
  },
  {
    id: '100-other',
    name: "A checkpoint with another chaincode's event resumes",
    run: async (t) => {
      const checkpoint = await committed(
        t,
        [put(t.key('k')), event('other')],
        ['Org1MSP', 'Org2MSP', 'Org3MSP'],
        'each',
      );
      const later = await committed(t, [put(t.key('k')), event('later')]);
      const { events } = await t.events({ after: checkpoint.txId, wanted: 50 });
      return events.filter((each) => [checkpoint.txId, later.txId].includes((each as { txId: string }).txId));
    },
  },
  {
    id: '101',
    name: 'Private data comes beside the block, to everybody unless the collection is for members only',
    note: 'The reference says that the member policy decides; it does so for collections with memberOnlyRead alone.',
    run: async (t) => {
      const { txId, block } = await committed(
        t,
        [
          { do: 'put', key: t.key('k'), collection: 'one' },
          { do: 'put', key: t.key('k'), collection: 'shared' },
          { do: 'put', key: t.key('k'), collection: '_implicit_org_Org1MSP' },
        ],
        ['Org1MSP'],
      );
      const guarded = await committed(t, [{ do: 'put', key: t.key('k'), collection: 'readers' }], ['Org2MSP']);
      const at = async (org: Org, creator = t.net.users[org], what = { txId, block }): Promise<unknown> => {
        const seek = { at: org, creator, start: what.block, stop: what.block, wanted: 2 };
        const { responses } = await t.deliver('deliverWithPrivateData', seek);
        return privateOf(responses[0], what.txId);
      };
      return {
        first: await at('Org1'),
        second: await at('Org2'),
        third: await at('Org3'),
        thirdAtFirst: await at('Org1', t.net.users.Org3),
        guardedMember: await at('Org2', t.net.users.Org2, guarded),
        guardedOther: await at('Org2', t.net.users.Org3, guarded),
      };
    },
  },
  {
    id: '102',
    name: 'qscc answers height and hashes',
    alone: true,
    run: async (t) => {
      const height = await t.height();
      const { signed } = t.proposal({ chaincode: 'qscc', args: ['GetChainInfo', t.net.channel] });
      const response = await t.net.wires.Org1.process(signed);
      const info = common.BlockchainInfo.deserializeBinary(response.getResponse()?.getPayload_asU8() ?? EMPTY);
      return {
        height: info.getHeight() === height,
        current: info.getCurrentblockhash_asU8().length,
        previous: info.getPreviousblockhash_asU8().length,
        endorsed: response.getEndorsement() !== undefined,
      };
    },
  },
  {
    id: '102-block',
    name: 'qscc answers a block, and the block of a transaction',
    run: async (t) => {
      const { txId, block } = await committed(t, [put(t.key('k'))]);
      const ask = async (...args: string[]): Promise<Uint8Array> => {
        const { signed } = t.proposal({ chaincode: 'qscc', args });
        return (await t.net.wires.Org1.process(signed)).getResponse()?.getPayload_asU8() ?? EMPTY;
      };
      const byNumber = common.Block.deserializeBinary(await ask('GetBlockByNumber', t.net.channel, String(block)));
      const byTx = common.Block.deserializeBinary(await ask('GetBlockByTxID', t.net.channel, txId));
      const found = peer.ProcessedTransaction.deserializeBinary(await ask('GetTransactionByID', t.net.channel, txId));
      return {
        byNumber: byNumber.getHeader()?.getNumber() === block,
        byTx: byTx.getHeader()?.getNumber() === block,
        code: codeName(found.getValidationcode()),
        envelope: found.getTransactionenvelope() !== undefined,
      };
    },
  },
  {
    id: '102-gateway',
    name: "qscc answers a block through the gateway of one's own peer, with the code of each transaction",
    run: async (t) => {
      const { txId, block } = await committed(t, [put(t.key('k'))]);
      const proposal = t.proposal({ chaincode: 'qscc', args: ['GetBlockByNumber', t.net.channel, String(block)] });
      const request = new gateway.EvaluateRequest();
      request.setTransactionId(proposal.txId);
      request.setChannelId(t.net.channel);
      request.setProposedTransaction(proposal.signed);
      request.setTargetOrganizationsList(['Org1MSP']);
      const answer = await t.net.wires.Org1.evaluate(request);
      const found = common.Block.deserializeBinary(answer.getResult()?.getPayload_asU8() ?? EMPTY);
      const metadata = found.getMetadata()?.getMetadataList_asU8() ?? [];
      const codes = metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? EMPTY;
      const ids = (found.getData()?.getDataList_asU8() ?? []).map((bytes) => {
        const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
        const header = payload.getHeader()?.getChannelHeader_asU8() ?? EMPTY;
        return common.ChannelHeader.deserializeBinary(header).getTxId();
      });
      return {
        number: found.getHeader()?.getNumber() === block,
        metadata: metadata.length,
        codes: codes.length === ids.length,
        code: codeName(codes[ids.indexOf(txId)] ?? -1),
      };
    },
  },
  qscc('102-unknown-tx', 'qscc does not know an unknown transaction', (t) => [
    'GetTransactionByID',
    t.net.channel,
    'ab',
  ]),
  qscc('102-unknown-block', 'qscc does not know a block to come', (t) => ['GetBlockByNumber', t.net.channel, '999999']),
  qscc('102-no-number', 'qscc refuses a number that is none', (t) => ['GetBlockByNumber', t.net.channel, 'x']),
  qscc('102-channel', 'qscc does not know an unknown channel', () => ['GetChainInfo', 'elsewhere']),
  qscc('102-function', 'qscc does not know an unknown function', (t) => ['Nothing', t.net.channel]),
  qscc('102-function-argument', 'qscc does not know an unknown function with an argument either', (t) => [
    'Nothing',
    t.net.channel,
    'x',
  ]),
  qscc('102-few', 'qscc wants its arguments', (t) => ['GetBlockByNumber', t.net.channel]),
  {
    id: '102-foreign',
    name: 'qscc is for readers',
    run: (t) => t.evaluate({ chaincode: 'qscc', args: ['GetChainInfo', t.net.channel], creator: t.net.odd.foreign }),
  },
  {
    id: '103',
    name: 'A committed value is there at once',
    run: async (t) => {
      const seen: unknown[] = [];
      for (const value of ['1', '2', '3']) {
        const prepared = await t.prepare({
          chaincode: 'any',
          targets: ['Org1MSP'],
          steps: [{ do: 'put', key: t.key('k'), value }],
        });
        await t.order(prepared);
        await t.status(prepared.txId);
        seen.push(await t.query({ chaincode: 'any', targets: ['Org1MSP'], steps: [{ do: 'get', key: t.key('k') }] }));
      }
      return seen;
    },
  },
];
