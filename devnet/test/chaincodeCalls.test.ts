// Chaincodes that call each other, and the history of keys.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkToChaincode } from '../../test/support/inProcessChaincode.js';
import { policyOf } from './support/raw.js';
import { scriptChaincode, type Step } from './support/scriptChaincode.js';
import { CHAINCODE, evaluate, openWorld, ORG1, submit, type World } from './support/world.js';

const OTHER = 'other';

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await world.engine.deployInProcess({
    name: OTHER,
    connect: (mspId) => linkToChaincode(OTHER, mspId, scriptChaincode),
  });
});

afterAll(async () => {
  await world.close();
});

const put = (key: string, value: string): Step => ({ do: 'put', key, value });
const inOther = (...steps: Step[]): Step => ({ do: 'invoke', name: OTHER, steps });
const errorOf = (steps: readonly Step[]): Promise<string> =>
  evaluate(world.contract(ORG1), steps).then(
    () => 'nothing was refused',
    (error: unknown) => JSON.stringify(error),
  );

describe('a chaincode that calls another on its channel', () => {
  it('writes in both namespaces in one transaction', async () => {
    await submit(world.contract(ORG1), [put('k', 'mine'), inOther(put('k', 'theirs'))]);
    expect(await evaluate(world.contract(ORG1), [{ do: 'get', key: 'k' }, inOther({ do: 'get', key: 'k' })])).toEqual([
      'mine',
      ['theirs'],
    ]);
  });

  it('gets a failed answer to decide on, and the writes made before it stay', async () => {
    const failing = inOther(put('failed', 'kept'), { do: 'throwOn', on: '*', message: 'boom' });
    expect(await submit(world.contract(ORG1), [failing])).toEqual([{ status: 500, message: 'boom' }]);
    expect(await evaluate(world.contract(ORG1), [inOther({ do: 'get', key: 'failed' })])).toEqual([['kept']]);
  });

  it('may name the channel, but no other', async () => {
    const get: Step = { do: 'get', key: 'k' };
    const named = (channel: string): Step => ({ do: 'invoke', name: OTHER, steps: [get], channel });
    expect(await evaluate(world.contract(ORG1), [named('test-channel')])).toEqual([['theirs']]);
    expect(await errorOf([named('elsewhere')])).toContain('Failed to get policy manager for channel [elsewhere]');
  });

  it('cannot call itself', async () => {
    expect(await errorOf([{ do: 'invoke', name: CHAINCODE, steps: [] }])).toMatch(
      /execute failed: error sending: txid: [0-9a-f]{64}\(test-channel\) exists/,
    );
  });

  it('learns that a chaincode is not there', async () => {
    expect(await errorOf([{ do: 'invoke', name: 'nobody', steps: [] }])).toMatch(
      /execute failed: invalid invocation: \[channel test-channel\] failed to get chaincode container info for nobody: chaincode nobody not found/,
    );
  });
});

describe('the history of a key', () => {
  it('gives what valid transactions did, the newest first, deletions too', async () => {
    await submit(world.contract(ORG1), [put('h', '1')]);
    await submit(world.contract(ORG1), [put('h', '2')]);
    await submit(world.contract(ORG1), [{ do: 'delete', key: 'h' }]);
    await submit(world.contract(ORG1), [put('h', '3')]);
    const history: Step = { do: 'history', text: 'h' };
    expect(await evaluate(world.contract(ORG1), [history])).toEqual([['3', 'deleted', '2', '1']]);
    expect(await evaluate(world.contract(ORG1), [{ do: 'history', text: 'never' }])).toEqual([[]]);
  });

  it('leaves out what changed the metadata alone', async () => {
    const policyBase64 = Buffer.from(policyOf(1, [[ORG1, 'PEER']])).toString('base64');
    await submit(world.contract(ORG1), [put('guarded', '1')]);
    await submit(world.contract(ORG1), [{ do: 'setPolicy', key: 'guarded', policyBase64 }]);
    await submit(world.contract(ORG1), [put('guarded', '1')]);
    expect(await evaluate(world.contract(ORG1), [{ do: 'history', text: 'guarded' }])).toEqual([['1', '1']]);
  });

  it('has every write of one block', async () => {
    const crowded = await openWorld({ batch: { timeoutMs: 10_000, maxMessageCount: 3, preferredMaxBytes: 1 << 20 } });
    try {
      const contract = crowded.contract(ORG1);
      await Promise.all(
        ['1', '', '3'].map((value) => submit(contract, [value ? put('k', value) : { do: 'delete', key: 'k' }])),
      );
      const [history] = await evaluate(contract, [{ do: 'history', text: 'k' }]);
      expect([...(history as string[])].sort()).toEqual(['1', '3', 'deleted']);
    } finally {
      await crowded.close();
    }
  });

  it('comes in batches when it is long', async () => {
    for (let value = 0; value < 105; value += 1) {
      await submit(world.contract(ORG1), [put('long', String(value))]);
    }
    const [history] = await evaluate(world.contract(ORG1), [{ do: 'history', text: 'long' }]);
    expect(history).toEqual(Array.from({ length: 105 }, (_, index) => String(104 - index)));
  });
});
