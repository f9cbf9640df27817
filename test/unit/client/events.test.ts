/** Where a stream of events begins and resumes, and which events it hands over from the blocks at the caller's own peer. */
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { describe, expect, it } from '@jest/globals';
import type { Checkpointer } from '../../../client/src/checkpoint.js';
import { listen, type EventOptions, type TenorEvent } from '../../../client/src/events.js';
import type { Transport } from '../../../client/src/transport.js';
import { blockOf, type Made } from './blocks.js';

const HEIGHT = 7;
const idOf = (letters: string): string => letters.repeat(32);
const EVENT = {
  eventName: 'tenor.certificate.draft.v1',
  payload: Buffer.from(
    '{"transaction":"certificate:draft","ids":{"certificateId":"BankMSP~IssuerMSP~certificate-0001"}}',
  ),
  blockNumber: 9n,
  transactionId: idOf('ab'),
};
const MADE: Made = {
  ...{ transactionId: EVENT.transactionId, creatorMspId: 'IssuerMSP', chaincode: 'tenor', name: EVENT.eventName },
  ...{ payload: EVENT.payload, writes: ['BankMSP'] },
};
const HEARD = {
  ...{ name: EVENT.eventName, blockNumber: 9n, transactionId: EVENT.transactionId, transaction: 'certificate:draft' },
  ...{ ids: { certificateId: 'BankMSP~IssuerMSP~certificate-0001' }, creatorMspId: 'IssuerMSP', inOwnBook: true },
};

type Delivered = typeof EVENT;

interface Fake {
  readonly transport: Transport;
  /** Where each stream was asked to begin. */
  readonly asked: object[];
  /** What qscc was asked. */
  readonly queries: string[];
}

/** A gateway whose streams say, one after the other, what is given, then stay silent; an error breaks the stream or the query. */
function gatewayOf(
  streams: readonly (readonly (Delivered | Error)[])[],
  answers: (query: string, times: number) => Uint8Array | Error = () => blockOf([MADE]),
): Fake {
  const [asked, queries]: [object[], string[]] = [[], []];
  const streamOf = (given: readonly (Delivered | Error)[]): object => {
    const left = [...given];
    return {
      close: () => undefined,
      [Symbol.asyncIterator]: () => ({
        next: () => {
          const next = left.shift();
          if (next instanceof Error) return Promise.reject(next);
          return next === undefined ? new Promise(() => undefined) : Promise.resolve({ done: false, value: next });
        },
      }),
    };
  };
  const info = new common.BlockchainInfo();
  info.setHeight(HEIGHT);
  const evaluate = (query: string, options: { arguments: string[]; endorsingOrganizations: string[] }): unknown => {
    queries.push([query, ...options.arguments, 'at', ...options.endorsingOrganizations].join(' '));
    const answer = answers(query, queries.filter((each) => each.startsWith(query)).length);
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(query === 'GetChainInfo' ? info.serializeBinary() : answer);
  };
  const network = {
    getContract: (name: string) => {
      expect(name).toBe('qscc');
      return { evaluate };
    },
    getChaincodeEvents: (_chaincode: string, position: object) => {
      asked.push(position);
      return Promise.resolve(streamOf(streams[asked.length - 1] ?? []));
    },
  };
  return { transport: { network, channel: 'tenor', mspId: 'BankMSP' } as unknown as Transport, asked, queries };
}

const broken = (): Error => new Error('broken');

const at = (blockNumber: bigint, transactionId: string): Checkpointer => ({
  load: () => ({ blockNumber, transactionId }),
  save: () => undefined,
});

async function firstOf(transport: Transport, options: EventOptions): Promise<TenorEvent | undefined> {
  for await (const event of listen(transport, 'tenor', options)) return event;
  return undefined;
}

describe('events', () => {
  it('without a start begin at the next block, and there again when the stream breaks before the first one', async () => {
    const { transport, asked } = gatewayOf([[broken()], [broken()], [EVENT]]);
    expect(await firstOf(transport, {})).toEqual(HEARD);
    expect(asked).toEqual(Array(3).fill({ startBlock: BigInt(HEIGHT) }));
  });

  it('begin at the block that is asked for', async () => {
    const { transport, asked } = gatewayOf([[broken()], [EVENT]]);
    await firstOf(transport, { startBlock: 3n });
    expect(asked).toEqual([{ startBlock: 3n }, { startBlock: 3n }]);
  });

  it('begin after the checkpoint where there is one, in the middle of its block', async () => {
    const first = { ...MADE, transactionId: idOf('cd') };
    const { transport, asked } = gatewayOf([[EVENT]], () => blockOf([first, MADE]));
    expect(await firstOf(transport, { checkpointer: at(9n, first.transactionId), startBlock: 3n })).toEqual(HEARD);
    expect(asked).toEqual([{ startBlock: 9n }]);
  });

  it('begin after a checkpoint that tells nothing itself', async () => {
    const silent = { ...MADE, name: '', transactionId: idOf('cd') };
    const { transport } = gatewayOf([[EVENT]], () => blockOf([silent, MADE]));
    expect(await firstOf(transport, { checkpointer: at(9n, silent.transactionId) })).toEqual(HEARD);
  });

  it('refuse a checkpoint of another channel', async () => {
    const { transport } = gatewayOf([[EVENT]]);
    const problem = `the checkpoint is of another channel: its block lacks ${idOf('cd')}`;
    await expect(firstOf(transport, { checkpointer: at(9n, idOf('cd')) })).rejects.toMatchObject({
      ...{ code: 'CONFIGURATION', data: { problem } },
    });
  });
});

describe('an event is read from the block at the own peer', () => {
  it('which is asked for once, however many events it has', async () => {
    const others = ['01', '02', '03'].map((letters) => ({ ...EVENT, transactionId: idOf(letters) }));
    const later = { ...EVENT, blockNumber: 10n };
    const made = others.map(({ transactionId }) => ({ ...MADE, transactionId }));
    const { transport, queries } = gatewayOf([[...others, later]], (_query, times) =>
      blockOf(times === 1 ? made : [MADE]),
    );
    const heard: TenorEvent[] = [];
    for await (const event of listen(transport, 'tenor', { startBlock: 9n })) if (heard.push(event) === 4) break;
    expect(heard.map(({ transactionId }) => transactionId)).toEqual(['01', '02', '03', 'ab'].map(idOf));
    expect(queries).toEqual(['GetBlockByNumber tenor 9 at BankMSP', 'GetBlockByNumber tenor 10 at BankMSP']);
  });

  it.each<[string, Partial<Made>, boolean]>([
    ['a value in the own book', { writes: ['BankMSP', 'IssuerMSP'] }, true],
    ['the policy of a key in the own book', { writes: [], policies: ['BankMSP'] }, true],
    ['a value in the book of another', { writes: ['IssuerMSP'] }, false],
    ['a value in a book whose name begins like the own one', { writes: ['BankMSP2', 'BankMS'] }, false],
    ['nothing in the own book, which it reads', { writes: ['IssuerMSP'], reads: ['BankMSP'] }, false],
  ])('a transaction that writes %s says so', async (_what, made, inOwnBook) => {
    const { transport } = gatewayOf([[EVENT]], () => blockOf([{ ...MADE, ...made }]));
    expect(await firstOf(transport, { startBlock: 9n })).toEqual({ ...HEARD, inOwnBook });
  });

  const truncated = Uint8Array.from([0x0a, 0x7f, 0x01]);
  it.each<[string, Made | Uint8Array, string, string]>([
    ['bytes that are no envelope', truncated, 'TRANSACTION_UNREADABLE', ''],
    ['a transaction of two actions', { ...MADE, actions: 2 }, 'TRANSACTION_UNREADABLE', EVENT.transactionId],
    ['a transaction of no action', { ...MADE, actions: 0 }, 'TRANSACTION_UNREADABLE', EVENT.transactionId],
    ['a transaction that nobody sent', { ...MADE, creatorMspId: '' }, 'TRANSACTION_UNREADABLE', EVENT.transactionId],
    ['an event of another name', { ...MADE, name: 'tenor.money.v1' }, 'NAME_UNKNOWN', EVENT.transactionId],
    ['an event of another payload', { ...MADE, payload: Buffer.from('x') }, 'PAYLOAD_MALFORMED', EVENT.transactionId],
  ])('which has %s: that is skipped', async (_what, odd, reason, transactionId) => {
    const skipped: object[] = [];
    const saved: object[] = [];
    const next = { ...MADE, transactionId: idOf('ef') };
    const { transport } = gatewayOf([[EVENT]], () => blockOf([odd, next]));
    const checkpointer = { load: () => undefined, save: (checkpoint: object) => void saved.push(checkpoint) };
    const onSkipped = (event: object): void => void skipped.push(event);
    const stream = listen(transport, 'tenor', { startBlock: 9n, checkpointer, onSkipped });
    expect((await stream.next()).value).toEqual({ ...HEARD, transactionId: next.transactionId });
    expect(skipped).toEqual([{ blockNumber: 9n, transactionId, reason }]);
    expect([...stream.skipped]).toEqual([[reason, 1]]);
    expect(saved).toEqual(transactionId === '' ? [] : [{ blockNumber: 9n, transactionId }]);
  });

  it.each<[string, Made]>([
    ['a transaction that is not valid', { ...MADE, code: peer.TxValidationCode.MVCC_READ_CONFLICT }],
    ['an event of another chaincode', { ...MADE, chaincode: 'another' }],
    ['a transaction without an event', { ...MADE, name: '' }],
    ['a change of configuration', { ...MADE, type: common.HeaderType.CONFIG }],
  ])('which has %s: nobody hears or counts it', async (_what, other) => {
    const next = { ...MADE, transactionId: idOf('ef') };
    const { transport } = gatewayOf([[EVENT]], () => blockOf([other, next]));
    const stream = listen(transport, 'tenor', { startBlock: 9n });
    expect((await stream.next()).value).toEqual({ ...HEARD, transactionId: next.transactionId });
    expect([...stream.skipped]).toEqual([]);
  });

  it.each<[string, Partial<Delivered>]>([
    ['the id of another transaction, which would be a checkpoint far ahead', { transactionId: idOf('99') }],
    ['an id that is none', { transactionId: 'x' }],
    ['another name', { eventName: 'tenor.certificate.submit.v1' }],
    ['another payload', { payload: Buffer.from('x') }],
  ])('and of what the stream says only the number of the block is taken: %s', async (_what, said) => {
    const saved: object[] = [];
    const { transport } = gatewayOf([
      [
        { ...EVENT, ...said },
        { ...EVENT, blockNumber: 10n },
      ],
    ]);
    const checkpointer = { load: () => undefined, save: (checkpoint: object) => void saved.push(checkpoint) };
    const stream = listen(transport, 'tenor', { startBlock: 9n, checkpointer });
    expect((await stream.next()).value).toEqual(HEARD);
    await stream.next();
    expect(saved).toEqual([{ blockNumber: 9n, transactionId: EVENT.transactionId }]);
  });

  it('which holds an invalid transaction of the same id beside the valid one', async () => {
    const invalid = { ...MADE, creatorMspId: 'AnotherMSP', code: peer.TxValidationCode.DUPLICATE_TXID };
    const { transport } = gatewayOf([[EVENT]], () => blockOf([invalid, MADE]));
    expect(await firstOf(transport, { startBlock: 9n })).toEqual(HEARD);
  });

  it('which is waited for where the peer that answers does not have it yet', async () => {
    const behind = refusedWith('Failed to get block number 9, error no such block number [9] in index');
    const { transport, asked } = gatewayOf([[EVENT], [EVENT]], (_query, times) =>
      times === 1 ? behind : blockOf([MADE]),
    );
    expect(await firstOf(transport, { startBlock: 9n })).toEqual(HEARD);
    expect(asked).toEqual([{ startBlock: 9n }, { startBlock: 9n }]);
  });

  it.each(['GetBlockByNumber', 'GetChainInfo'])(
    'and the stream ends with a code where that peer refuses %s',
    async (refused) => {
      const denial = refusedWith(
        `access denied for [${refused}][tenor]: [failed evaluating policy on signed data during check policy [/Channel/Application/Readers]]`,
      );
      const { transport } = gatewayOf([[EVENT]], (query) => (query === refused ? denial : blockOf([MADE])));
      const heard = firstOf(transport, refused === 'GetChainInfo' ? {} : { startBlock: 9n });
      await expect(heard).rejects.toMatchObject({
        code: 'LEDGER_READ_REFUSED',
        data: { query: refused },
        cause: denial,
      });
    },
  );
});

/** What a gateway answers for a query that the peer's system chaincode refuses. */
function refusedWith(reason: string): GatewayError {
  const message = `chaincode response 500, ${reason}`;
  return new GatewayError({
    ...{ code: status.UNKNOWN, message: `evaluate call to endorser returned error: ${message}` },
    details: [{ address: 'peer0:7051', mspId: 'BankMSP', message }],
    cause: Object.assign(new Error(message), { code: status.UNKNOWN, details: message }) as never,
  });
}
