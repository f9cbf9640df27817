/** Cases of ordering: when blocks are cut, how they are linked, what is ordered without a question. */
import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { codeName, outcomeOf, Retry, signed, type Context, type Prepared } from '../support/context.js';
import { OpenEnvelope } from '../support/envelope.js';
import { EMPTY, signedEnvelope } from '../support/messages.js';
import { BATCH, type Odd } from '../support/net.js';
import type { Identity } from '../support/identity.js';
import type { Case } from '../support/suite.js';
import { broadcastAll, Refusal } from '../support/wire.js';

const prepare = (t: Context, key: string): Promise<Prepared> =>
  t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [{ do: 'put', key: t.key(key) }] });

async function many(t: Context, count: number): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (let index = 0; index < count; index += 1) prepared.push(await prepare(t, `k${String(index)}`));
  return prepared;
}

/** Blocks of one peer from a number on. */
async function blocksFrom(t: Context, start: number): Promise<common.Block[]> {
  const stop = (await t.height()) - 1;
  const { responses } = await t.deliver('deliver', { start, stop, wanted: stop - start + 2 });
  return responses.map((each) => each.getBlock()).filter((each) => each !== undefined);
}

function derInteger(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = bytes.readUInt8(0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
  return Buffer.concat([Buffer.from([2, positive.length]), positive]);
}

const derOctets = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from([4, bytes.length]), bytes]);

function headerHash(header: common.BlockHeader): string {
  const body = Buffer.concat([
    derInteger(header.getNumber()),
    derOctets(header.getPreviousHash_asU8()),
    derOctets(header.getDataHash_asU8()),
  ]);
  return createHash('sha256')
    .update(Buffer.from([0x30, body.length]))
    .update(body)
    .digest('hex');
}

const dataHash = (block: common.Block): string => {
  const hash = createHash('sha256');
  for (const each of block.getData()?.getDataList_asU8() ?? []) hash.update(each);
  return hash.digest('hex');
};

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? EMPTY).toString('hex');

/** What the ordering service answers to an envelope; `fault` breaks it. */
const broadcasts = (id: string, name: string, fault: (t: Context, prepared: Prepared) => common.Envelope): Case => ({
  id,
  name,
  run: async (t) => {
    const envelope = fault(t, await prepare(t, 'k'));
    return outcomeOf(broadcastAll(t.net.orderer, [envelope]).then(([reply]) => reply));
  },
});

const changed = (prepared: Prepared, change: (open: OpenEnvelope) => void): common.Envelope => {
  const open = new OpenEnvelope(prepared.envelope);
  change(open);
  const payload = open.seal();
  return signedEnvelope(payload, prepared.creator.sign(payload));
};

/** What becomes of a transaction that somebody else sends under his own name. */
const sentBy = (id: string, name: string, who: (odd: Odd) => Identity): Case => ({
  id,
  name,
  run: async (t) => {
    const prepared = await prepare(t, 'k');
    const creator = who(t.net.odd);
    const open = new OpenEnvelope(prepared.envelope);
    open.signatureHeader.setCreator(creator.bytes);
    return outcomeOf(t.order(signed({ ...prepared, creator, envelope: signedEnvelope(open.seal(), EMPTY) })));
  },
});

/** Type, channel and groups of a configuration. */
function configurationOf([bytes = EMPTY, ...more]: readonly Uint8Array[]): unknown {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(bytes).getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? EMPTY);
  const groups = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8())
    .getConfig()
    ?.getChannelGroup()
    ?.getGroupsMap();
  const names = (map: typeof groups): string[] => [...(map?.keys() ?? [])].sort();
  return {
    envelopes: 1 + more.length,
    type: header.getType(),
    channel: header.getChannelId(),
    groups: names(groups),
    organizations: names(groups?.get('Application')?.getGroupsMap()),
  };
}

export const ORDERING: readonly Case[] = [
  {
    id: '80',
    name: 'Transactions that come together share a block',
    alone: true,
    run: async (t) => {
      const prepared = await many(t, 10);
      return t.oneBlock(...prepared);
    },
  },
  {
    id: '80-count',
    name: 'A block is cut as soon as it is full',
    alone: true,
    run: async (t) => {
      const prepared = await many(t, BATCH.maxMessageCount + 1);
      await t.orderAll(prepared);
      const all = await Promise.all(prepared.map(({ txId }) => t.status(txId)));
      const [first = 0] = all.map(({ block }) => block);
      const counts = [first, first + 1].map((number) => all.filter(({ block }) => block === number).length);
      // The timeout came before the block was full. An orderer that never fills one ends with no attempt left.
      if ((counts[0] ?? 0) < BATCH.maxMessageCount) throw new Retry('cut apart');
      return { counts };
    },
  },
  {
    id: '80-bytes',
    name: 'What does not fit starts the next block, and what is larger than a block gets one of its own',
    alone: true,
    run: async (t) => {
      const big = (key: string, size: number): Promise<Prepared> =>
        t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [{ do: 'big', key: t.key(key), size }] });
      const prepared = [
        await big('a', 200_000),
        await big('b', 200_000),
        await big('c', 200_000),
        await big('d', 700_000),
        await big('e', 1000),
      ];
      await t.orderAll(prepared);
      const all = await Promise.all(prepared.map(({ txId }) => t.status(txId)));
      const first = all[0]?.block ?? 0;
      // The first two fit into one block, all others begin a new one: only these can be cut apart by the timeout.
      if (all[1]?.block !== first) throw new Retry('cut apart');
      return all.map(({ block }) => block - first);
    },
  },
  {
    id: '81',
    name: 'One transaction waits for the timeout',
    alone: true,
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      const started = Date.now();
      await t.commit(prepared);
      const took = Date.now() - started;
      const late = took > BATCH.timeoutMs + 1500;
      // Late once may be a busy machine; late at every attempt is the orderer.
      if (late) throw new Retry('late');
      return { early: took < BATCH.timeoutMs - 50, late };
    },
  },
  {
    id: '82',
    name: 'Blocks are linked by the hashes of their headers and data',
    run: async (t) => {
      await t.commit(await prepare(t, 'k'));
      const blocks = await blocksFrom(t, 0);
      const headers = blocks.map((each) => each.getHeader() ?? new common.BlockHeader());
      return {
        numbered: headers.every((each, index) => each.getNumber() === index),
        linked: headers
          .slice(1)
          .every((each, index) => hex(each.getPreviousHash_asU8()) === headerHash(headers[index] ?? each)),
        data: blocks.every((each) => hex(each.getHeader()?.getDataHash_asU8()) === dataHash(each)),
        first: hex(headers[0]?.getPreviousHash_asU8()),
        metadata: [...new Set(blocks.map((each) => each.getMetadata()?.getMetadataList_asU8().length))],
        commitHashes: blocks.slice(1).every((each) => {
          const bytes = each.getMetadata()?.getMetadataList_asU8()[4] ?? EMPTY;
          return common.Metadata.deserializeBinary(bytes).getValue_asU8().length === 32;
        }),
        flags: blocks.every((each) => {
          const flags = each.getMetadata()?.getMetadataList_asU8()[2] ?? EMPTY;
          return flags.length === each.getData()?.getDataList().length;
        }),
      };
    },
  },
  {
    id: '82-genesis',
    name: 'The first block is a configuration',
    run: async (t) => {
      const { responses } = await t.deliver('deliver', { start: 0, stop: 0, wanted: 2 });
      return configurationOf(responses[0]?.getBlock()?.getData()?.getDataList_asU8() ?? []);
    },
  },
  {
    id: '83',
    name: 'An envelope that is ordered twice at once is a duplicate the second time',
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      await t.order(prepared);
      await t.order(prepared);
      const { block } = await t.status(prepared.txId);
      await t.settled(prepared.txId);
      const [found] = await blocksFrom(t, block);
      const flags = found?.getMetadata()?.getMetadataList_asU8()[2] ?? EMPTY;
      const ids = (found?.getData()?.getDataList_asU8() ?? []).map((each) =>
        new OpenEnvelope(common.Envelope.deserializeBinary(each)).channelHeader.getTxId(),
      );
      const codes = ids.flatMap((id, index) => (id === prepared.txId ? [codeName(flags[index] ?? -1)] : []));
      if (codes.length < 2) throw new Retry('cut apart');
      return { codes, status: await t.settled(prepared.txId) };
    },
  },
  broadcasts('o-success', 'The ordering service takes a transaction', (_t, { envelope }) => envelope),
  broadcasts('o-channel', 'The ordering service does not know an unknown channel', (_t, prepared) =>
    changed(prepared, ({ channelHeader }) => {
      channelHeader.setChannelId('elsewhere');
    }),
  ),
  broadcasts('o-empty', 'The ordering service refuses an empty message', () => new common.Envelope()),
  broadcasts('o-signature', 'The ordering service refuses a signature that is not of the creator', (t, { envelope }) =>
    signedEnvelope(envelope.getPayload_asU8(), t.net.users.Org2.sign(envelope.getPayload_asU8())),
  ),
  {
    id: 'o-peer',
    name: 'A peer may not write to the channel',
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      const open = new OpenEnvelope(prepared.envelope);
      open.signatureHeader.setCreator(t.net.peers.Org1.bytes);
      const payload = open.seal();
      return outcomeOf(t.order({ ...prepared, envelope: signedEnvelope(payload, t.net.peers.Org1.sign(payload)) }));
    },
  },
  {
    id: 'o-txid',
    name: 'A transaction id that is not the hash of nonce and creator is found out at commit',
    alone: true,
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      const txId = createHash('sha256').update(prepared.txId).digest('hex');
      const envelope = changed(prepared, ({ channelHeader }) => {
        channelHeader.setTxId(txId);
      });
      await t.order({ ...prepared, txId, envelope });
      return codeInLastBlock(t, txId);
    },
  },
  {
    id: 'o-creator',
    name: 'A creator other than the one of the action is no endorser transaction',
    alone: true,
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      const other = t.net.users.Org2;
      const open = new OpenEnvelope(prepared.envelope);
      const nonce = open.signatureHeader.getNonce_asU8();
      open.signatureHeader.setCreator(other.bytes);
      open.channelHeader.setTxId(other.txId(nonce));
      const payload = open.seal();
      const txId = open.channelHeader.getTxId();
      await t.order({ ...prepared, txId, envelope: signedEnvelope(payload, other.sign(payload)) });
      return codeInLastBlock(t, txId);
    },
  },
  {
    id: 'o-type',
    name: 'A header type that does not exist is refused or invalid',
    alone: true,
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      const envelope = changed(prepared, ({ channelHeader }) => {
        channelHeader.setType(77);
      });
      return orderedAs(t, prepared.txId, envelope);
    },
  },
  {
    id: 'o-types',
    name: 'Header types that are no transaction of today are refused, or invalid',
    alone: true,
    run: async (t) => {
      const outcomes: Record<string, unknown> = {};
      for (const type of [
        'MESSAGE',
        'CONFIG',
        'ORDERER_TRANSACTION',
        'DELIVER_SEEK_INFO',
        'CHAINCODE_PACKAGE',
      ] as const) {
        const prepared = await prepare(t, type);
        const envelope = changed(prepared, ({ channelHeader }) => {
          channelHeader.setType(common.HeaderType[type]);
        });
        outcomes[type] = await orderedAs(t, prepared.txId, envelope);
      }
      return outcomes;
    },
  },
  broadcasts('o-type-direct', 'The ordering service itself refuses what it orders no more', (_t, prepared) =>
    changed(prepared, ({ channelHeader }) => {
      channelHeader.setType(common.HeaderType.ORDERER_TRANSACTION);
    }),
  ),
  broadcasts('o-type-config', 'The ordering service takes no configuration that is made already', (_t, prepared) =>
    changed(prepared, ({ channelHeader }) => {
      channelHeader.setType(common.HeaderType.CONFIG);
    }),
  ),
  {
    id: 'o-epoch',
    name: 'An epoch is refused or invalid',
    alone: true,
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      return orderedAs(
        t,
        prepared.txId,
        changed(prepared, ({ channelHeader }) => {
          channelHeader.setEpoch(3);
        }),
      );
    },
  },
  {
    id: 'o-header-extension',
    name: 'A header extension that is none is invalid',
    alone: true,
    run: async (t) => {
      const prepared = await prepare(t, 'k');
      const envelope = changed(prepared, ({ channelHeader }) => {
        channelHeader.setExtension$(Buffer.from([0xff, 0xff]));
      });
      return orderedAs(t, prepared.txId, envelope);
    },
  },
  sentBy('o-nobody', 'A creator that the channel does not know is forbidden', ({ foreign }) => foreign),
  sentBy('o-expired', 'An expired creator is refused by the ordering service', ({ expired }) => expired),
  sentBy(
    'o-expired-forged',
    'An expired creator whom no authority vouches for is refused for having expired',
    ({ latePretender }) => latePretender,
  ),
  sentBy('o-forged', 'A creator whom no authority vouches for is forbidden', ({ pretender }) => pretender),
];

/** Orders and answers the code, or the refusal. */
async function orderedAs(t: Context, txId: string, envelope: common.Envelope): Promise<unknown> {
  try {
    await t.order({ txId, creator: t.net.users.Org1, envelope });
  } catch (cause) {
    if (cause instanceof Refusal) return cause.outcome;
    throw cause;
  }
  return codeInLastBlock(t, txId);
}

/** A transaction's code from the block itself: of some that are invalid no status is given. */
async function codeInLastBlock(t: Context, txId: string): Promise<unknown> {
  const marker = await prepare(t, 'marker');
  await t.commit(marker);
  const height = await t.height();
  for (const block of await blocksFrom(t, Math.max(0, height - 4))) {
    const flags = block.getMetadata()?.getMetadataList_asU8()[2] ?? EMPTY;
    const found = (block.getData()?.getDataList_asU8() ?? []).findIndex((each) => Buffer.from(each).includes(txId));
    if (found >= 0) return codeName(flags[found] ?? -1);
  }
  return 'in no block';
}
