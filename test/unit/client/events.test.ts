/** Where a stream of events begins, and begins again. */
import { common } from '@hyperledger/fabric-protos';
import { describe, expect, it } from '@jest/globals';
import { listen, type Checkpointer } from '../../../client/src/events.js';
import type { Transport } from '../../../client/src/transport.js';

const HEIGHT = 7;
const EVENT = {
  eventName: 'tenor.slice.split.v1',
  payload: Buffer.from('{"transaction":"slice:split","ids":{}}'),
  blockNumber: 9n,
  transactionId: 'ab'.repeat(32),
};

/** A gateway at a height, whose first streams break before they say anything. Answers where each stream was asked to begin. */
function gatewayThat(breaks: number): { readonly transport: Transport; readonly asked: object[] } {
  const asked: object[] = [];
  const info = new common.BlockchainInfo();
  info.setHeight(HEIGHT);
  const streamOf = (index: number): object => ({
    close: () => undefined,
    [Symbol.asyncIterator]: () => ({
      next: () =>
        index < breaks ? Promise.reject(new Error('broken')) : Promise.resolve({ done: false, value: EVENT }),
    }),
  });
  const network = {
    getContract: () => ({ evaluate: () => Promise.resolve(info.serializeBinary()) }),
    getChaincodeEvents: (_chaincode: string, position: object) => {
      asked.push(position);
      return Promise.resolve(streamOf(asked.length - 1));
    },
  };
  return { transport: { network, channel: 'tenor', mspId: 'BankMSP' } as unknown as Transport, asked };
}

async function firstOf(transport: Transport, options: Parameters<typeof listen>[2]): Promise<unknown> {
  for await (const { name } of listen(transport, 'tenor', options)) return name;
  return undefined;
}

describe('events', () => {
  it('without a start begin at the next block, and there again when the stream breaks before the first one', async () => {
    const { transport, asked } = gatewayThat(2);
    expect(await firstOf(transport, {})).toBe(EVENT.eventName);
    expect(asked).toEqual(Array(3).fill({ startBlock: BigInt(HEIGHT) }));
  });

  it('begin at the block that is asked for', async () => {
    const { transport, asked } = gatewayThat(1);
    await firstOf(transport, { startBlock: 3n });
    expect(asked).toEqual([{ startBlock: 3n }, { startBlock: 3n }]);
  });

  it('begin after the checkpoint where there is one', async () => {
    const { transport, asked } = gatewayThat(0);
    const checkpoint = { blockNumber: 5n, transactionId: 'cd'.repeat(32) };
    const checkpointer: Checkpointer = { load: () => checkpoint, save: () => undefined };
    await firstOf(transport, { checkpointer, startBlock: 3n });
    const [position] = asked as { checkpoint: { getBlockNumber(): bigint; getTransactionId(): string } }[];
    expect(position?.checkpoint.getBlockNumber()).toBe(5n);
    expect(position?.checkpoint.getTransactionId()).toBe(checkpoint.transactionId);
  });
});
