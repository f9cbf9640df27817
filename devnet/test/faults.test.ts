// Faults on order: what a client sees of them, and that a network is whole again when they are over.
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PEER_STEPS } from 'tenor-devnet';
import { codeOf, collectionsOf, evaluateRaw, policyOf, refusal } from './support/raw.js';
import type { Step } from './support/scriptChaincode.js';
import { bookOf, evaluate, openWorld, ORG1, ORG2, ORG3, submit, userOf, type World } from './support/world.js';

const put = (key: string, value = 'v'): Step => ({ do: 'put', key, value });
const get = (key: string): Step => ({ do: 'get', key });
const ANY_PEER = policyOf(1, [
  [ORG1, 'PEER'],
  [ORG2, 'PEER'],
  [ORG3, 'PEER'],
]);

let world: World;

afterEach(async () => {
  await world.close();
});

async function within(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, milliseconds, 'nothing yet'))]);
}

describe('a peer', () => {
  it('that is paused answers nothing until it is resumed, and is then up to date', async () => {
    world = await openWorld({ policy: ANY_PEER });
    await world.engine.setFaults(ORG2, { paused: true });
    const waiting = evaluate(world.contract(ORG2), [get('k')]);
    await submit(world.contract(ORG1), [put('k')], { endorsingOrganizations: [ORG1] });
    expect(await within(50, waiting)).toBe('nothing yet');
    await world.engine.setFaults(ORG2, {});
    await waiting;
    await submit(world.contract(ORG2), [put('after')], { endorsingOrganizations: [ORG2] });
    expect(await evaluate(world.contract(ORG2), [get('k')])).toEqual(['v']);
  });

  it("that is paused is given up by another organisation's gateway, and not by its own", async () => {
    world = await openWorld({ policy: ANY_PEER, endorsementTimeoutMs: 50 });
    await world.engine.setFaults(ORG2, { paused: true });
    const own = evaluate(world.contract(ORG2), [get('k')], { endorsingOrganizations: [ORG2] });
    const other = evaluate(world.contract(ORG1), [get('k')], { endorsingOrganizations: [ORG2] });
    await expect(other).rejects.toMatchObject({
      code: 14, // UNAVAILABLE
      details: [{ mspId: ORG2, message: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded' }],
    });
    expect(await within(100, own)).toBe('nothing yet');
    await world.engine.setFaults(ORG2, {});
    expect(await own).toEqual(['']);
  });

  it('that lags commits later than the others', async () => {
    world = await openWorld({ policy: ANY_PEER });
    await world.engine.setFaults(ORG3, { lagMs: 100 });
    await submit(world.contract(ORG1), [put('k')], { endorsingOrganizations: [ORG1] });
    expect(await evaluate(world.contract(ORG3), [get('k')])).toEqual(['']);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await evaluate(world.contract(ORG3), [get('k')])).toEqual(['v']);
  });

  it('that lags answers from the state it has: values, deletions, ranges and histories', async () => {
    const collection = bookOf(ORG1);
    world = await openWorld({ policy: ANY_PEER });
    const change = (...steps: Step[]): Promise<unknown> =>
      submit(world.contract(ORG1), steps, { endorsingOrganizations: [ORG1] });
    await change(put('changed', 'old'), put('deleted', 'old'), { do: 'put', collection, key: 'p', value: 'old' });
    await world.engine.setFaults(ORG3, { lagMs: 2000 });
    await change(put('changed', 'new'), { do: 'delete', key: 'deleted' }, put('added', 'new'));
    await change(put('changed', 'newest'), { do: 'put', collection, key: 'p', value: 'new' });
    const asked: Step[] = [
      ...[get('changed'), get('deleted'), get('added')],
      { do: 'range', start: 'a', end: 'e' },
      { do: 'getHash', collection, key: 'p' },
      { do: 'history', text: 'changed' },
    ];
    const hash = (value: string): string => createHash('sha256').update(value).digest('hex');
    const behind = ['old', 'old', '', ['changed', 'deleted'], hash('old'), ['old']];
    expect(await evaluate(world.contract(ORG3), asked)).toEqual(behind);
    await world.engine.startPeer(ORG3);
    const upToDate = ['newest', '', 'new', ['added', 'changed'], hash('new'), ['newest', 'new', 'old']];
    expect(await evaluate(world.contract(ORG3), asked)).toEqual(upToDate);
  });

  it('that signs wrongly spoils the transaction only at commit', async () => {
    world = await openWorld();
    await world.engine.setFaults(ORG2, { signsWrongly: true });
    const creator = userOf(world.orgs, ORG1);
    expect(await codeOf(world.engine, ORG1, { creator, steps: [put('k')], endorsers: [ORG1, ORG2] })).toBe(10);
    expect(await codeOf(world.engine, ORG1, { creator, steps: [put('k')], endorsers: [ORG1, ORG3] })).toBe(0);
  });

  it('whose clock is off refuses the time of others', async () => {
    world = await openWorld();
    await world.engine.setFaults(ORG1, { clockSkewMs: 20 * 60 * 1000 });
    const creator = userOf(world.orgs, ORG1);
    const asked = evaluateRaw(world.engine, ORG1, { creator, steps: [] });
    await expect(asked).resolves.toBeDefined(); // another peer answers in its place
    await world.engine.setFaults(ORG2, { clockSkewMs: 20 * 60 * 1000 });
    await world.engine.setFaults(ORG3, { clockSkewMs: 20 * 60 * 1000 });
    expect(await refusal(evaluateRaw(world.engine, ORG1, { creator, steps: [] }))).toMatch(/^14 UNAVAILABLE/);
  });

  it('that withholds private data leaves other members without them until it gives them', async () => {
    const collection = 'pair';
    const collections = collectionsOf({ name: collection, members: [ORG1, ORG2], maximumPeerCount: 1 });
    world = await openWorld({ policy: ANY_PEER, collections });
    await world.engine.setFaults(ORG1, { withholdsPrivateData: true });
    await submit(world.contract(ORG1), [{ do: 'put', collection, key: 's', value: 'v' }], {
      endorsingOrganizations: [ORG1],
    });
    const read = (): Promise<unknown> =>
      evaluate(world.contract(ORG2), [{ do: 'get', collection, key: 's' }], { endorsingOrganizations: [ORG2] });
    await expect(read()).rejects.toThrow();
    await world.engine.setFaults(ORG1, {});
    expect(await read()).toEqual(['v']);
  });

  it.each(PEER_STEPS)('that crashes before it can %s comes back with what the others have', async (step) => {
    world = await openWorld({ policy: ANY_PEER });
    world.engine.crashAt(ORG2, step);
    const asked = submit(world.contract(ORG2), [put('k')], { endorsingOrganizations: [ORG2] });
    await asked.catch((error: unknown) => error);
    await submit(world.contract(ORG1), [put('k', 'other')], { endorsingOrganizations: [ORG1] });
    expect(await refusal(evaluate(world.contract(ORG2), [get('k')]))).toMatch(/UNAVAILABLE/);
    await world.engine.startPeer(ORG2);
    expect(await evaluate(world.contract(ORG2), [get('k')])).toEqual(['other']);
    expect(world.engine.blocks(ORG2)).toEqual(world.engine.blocks(ORG1));
  });
});

describe('an orderer that is not available', () => {
  it('is an error of the submit, with its address in the details', async () => {
    world = await openWorld();
    world.engine.setOrdererAvailable(false);
    const error: unknown = await submit(world.contract(ORG1), [put('k')]).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: '14 UNAVAILABLE: no orderers could successfully process transaction',
      details: [{ mspId: 'OrdererMSP', message: expect.stringContaining('connection refused') }],
    });
    world.engine.setOrdererAvailable(true);
    await submit(world.contract(ORG1), [put('k')]);
  });
});

describe('a seed', () => {
  /** What happens in which order when clients race on a network in which a peer crashes and another lags. */
  async function story(seed: number): Promise<string[]> {
    const told: string[] = [];
    world = await openWorld({ seed, policy: ANY_PEER });
    told.push(JSON.stringify(world.engine.crashSomewhere(ORG3)));
    await world.engine.setFaults(ORG2, { lagMs: 5 });
    const events = await world
      .gateway(ORG1)
      .getNetwork('test-channel')
      .getChaincodeEvents('script', { startBlock: 0n });
    const reading = (async () => {
      for await (const event of events) {
        told.push(`event ${event.eventName} in ${String(event.blockNumber)}`);
      }
    })();
    const clients = [ORG1, ORG2, ORG3, ORG1, ORG2, ORG3].map(async (org, client) => {
      for (let turn = 0; turn < 2; turn += 1) {
        const name = `${String(client)}/${String(turn)}`;
        const steps: Step[] = [get('k'), put('k', name), { do: 'event', name, value: '' }];
        const outcome = await submit(world.contract(org), steps, { endorsingOrganizations: [org] }).then(
          () => 'valid',
          (error: unknown) => String(error).replace(/[0-9a-f]{64}/g, 'id'),
        );
        told.push(`${name} ${outcome}`);
      }
    });
    await Promise.all(clients);
    events.close();
    await reading.catch(() => undefined);
    await world.close();
    return told;
  }

  it('replays a whole story: endorsements, blocks, commits, events and the crash', async () => {
    const stories = new Set<string>();
    for (const seed of [11, 12, 13]) {
      const first = await story(seed);
      expect(await story(seed)).toEqual(first);
      stories.add(first.join('\n'));
    }
    expect(stories.size).toBe(3);
  });
});
