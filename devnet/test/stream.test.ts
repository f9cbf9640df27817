// What a chaincode can ask of its peer, and what it is refused.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkToChaincode } from '../../test/support/inProcessChaincode.js';
import { evaluateRaw, refusal } from './support/raw.js';
import { scriptChaincode, type Step } from './support/scriptChaincode.js';
import {
  bookOf,
  CHAINCODE,
  CHANNEL,
  evaluate,
  openWorld,
  ORG1,
  ORG2,
  submit,
  userOf,
  type World,
} from './support/world.js';

const keyOf = (index: number): string => `n${String(index).padStart(3, '0')}`;

describe('chaincode requests', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ executeTimeoutMs: 300 });
    const keys = Array.from({ length: 250 }, (_, index): Step => ({ do: 'put', key: keyOf(index), value: 'v' }));
    await submit(world.contract(ORG1), keys);
    await submit(world.contract(ORG1), [{ do: 'put', key: 'secret', value: 'v', collection: bookOf(ORG1) }], {
      endorsingOrganizations: [ORG1],
    });
  });
  afterAll(() => world.close());

  const evaluateOn = (mspId: string, steps: readonly Step[]): Promise<unknown[]> =>
    evaluate(world.contract(ORG1), steps, { endorsingOrganizations: [mspId] });

  /** The text that the chaincode got, which it throws on. */
  const chaincodeError = async (steps: readonly Step[], mspId = ORG1): Promise<string> =>
    (await refusal(evaluateOn(mspId, steps))).replace(/^.*chaincode response 500, /, '');

  it('read a missing key as empty', async () => {
    expect(await evaluateOn(ORG1, [{ do: 'get', key: 'nothing' }])).toEqual(['']);
  });

  it('range over 250 keys in batches of 100', async () => {
    const [keys] = await evaluateOn(ORG1, [{ do: 'range', start: 'n', end: 'o' }]);
    expect(keys).toEqual(Array.from({ length: 250 }, (_, index) => keyOf(index)));
  });

  it('page with bookmarks, the last of which is empty', async () => {
    const sizes: number[] = [];
    let bookmark = '';
    do {
      const step: Step = { do: 'page', start: keyOf(0), end: keyOf(7), size: 3, bookmark };
      const [page] = (await evaluateOn(ORG1, [step])) as [{ keys: string[]; bookmark: string; count: number }];
      expect(page.count).toBe(page.keys.length);
      sizes.push(page.keys.length);
      ({ bookmark } = page);
    } while (bookmark !== '');
    expect(sizes).toEqual([3, 3, 1]);
  });

  it('order keys by their UTF-8 bytes', async () => {
    const keys = ['u\uff21', 'u\u{1f600}', 'u\u00e9', 'uz'];
    await submit(
      world.contract(ORG1),
      keys.map((key): Step => ({ do: 'put', key, value: 'v' })),
    );
    const [found] = await evaluateOn(ORG1, [{ do: 'range', start: 'u', end: 'v' }]);
    expect(found).toEqual(['uz', 'u\u00e9', 'u\uff21', 'u\u{1f600}']);
  });

  const page: Step = { do: 'page', start: 'a', end: 'z', size: 1, bookmark: '' };
  const put: Step = { do: 'put', key: 'p', value: 'v' };
  const privateRange: Step = { do: 'range', start: 'a', end: 'z', collection: bookOf(ORG1) };
  it.each([
    [
      'a write after paging',
      [page, put],
      'Transaction has already performed a paginated query. Writes are not allowed',
    ],
    ['paging after a write', [put, page], 'Paginated queries are supported only in a read-only transaction'],
    [
      'a write after a private range',
      [privateRange, put],
      'Transaction has already performed queries on pvt data. Writes are not allowed',
    ],
    [
      'a private range after a write',
      [put, privateRange],
      'Queries on pvt data is supported only in a read-only transaction',
    ],
  ] as const)('are refused for %s', async (_name, steps, text) => {
    expect(await chaincodeError(steps)).toMatch(
      new RegExp(`failed: transaction ID: [0-9a-f]{64}: txid \\[[0-9a-f]{64}\\]: unsuppored transaction. ${text}$`),
    );
  });

  it('know no rich queries', async () => {
    expect(await chaincodeError([{ do: 'query', text: '{}' }])).toContain('ExecuteQuery not supported for leveldb');
  });

  it('read private data only where it is', async () => {
    const get: Step = { do: 'get', key: 'secret', collection: bookOf(ORG1) };
    expect(await evaluateOn(ORG1, [get])).toEqual(['v']);
    expect(await chaincodeError([get], ORG2)).toMatch(
      /private data matching public hash version is not available. Public hash version = \{BlockNum: 3, TxNum: 0\}, Private data version = <nil>$/,
    );
    const hash: Step = { do: 'getHash', key: 'secret', collection: bookOf(ORG1) };
    expect(await evaluateOn(ORG2, [hash])).toEqual([createHash('sha256').update('v').digest('hex')]);
    expect(await evaluateOn(ORG2, [{ ...privateRange }])).toEqual([[]]);
    expect(await evaluateOn(ORG2, [{ ...get, key: 'absent' }])).toEqual(['']);
  });

  it('are refused for collections that are not there', async () => {
    const get = (collection: string): Step => ({ do: 'get', key: 'k', collection });
    expect(await chaincodeError([get('nowhere')])).toMatch(
      new RegExp(`: collection ${CHANNEL}/${CHAINCODE}/nowhere could not be found$`),
    );
    const undefined_ = (name: string): RegExp =>
      new RegExp(`: collection \\[${name}\\] not defined in the collection config for chaincode \\[${CHAINCODE}\\]$`);
    expect(await chaincodeError([{ do: 'getHash', key: 'k', collection: 'nowhere' }])).toMatch(undefined_('nowhere'));
    expect(await chaincodeError([get(bookOf('StrangerMSP'))])).toMatch(undefined_(bookOf('StrangerMSP')));
  });

  it('keep the last of two events', async () => {
    using events = await world.gateway(ORG1).getNetwork(CHANNEL).getChaincodeEvents(CHAINCODE);
    await submit(world.contract(ORG1), [
      { do: 'event', name: 'first', value: '1' },
      { do: 'event', name: 'last', value: '2' },
      { do: 'put', key: 'e', value: 'v' },
    ]);
    for await (const { eventName, payload } of events) {
      expect([eventName, Buffer.from(payload).toString()]).toEqual(['last', '2']);
      break;
    }
  });

  it('see the client’s clock and the transient map', async () => {
    const timestamp = new Date(Date.now() - 60_000);
    const creator = userOf(world.orgs, ORG1);
    const answer = (await evaluateRaw(world.engine, ORG1, { creator, timestamp, steps: [{ do: 'timestamp' }] })) as {
      getResult(): { getPayload_asU8(): Uint8Array } | undefined;
    };
    const text = Buffer.from(answer.getResult()?.getPayload_asU8() ?? []).toString();
    expect(JSON.parse(text)).toEqual([Math.floor(timestamp.getTime() / 1000)]);
    const options = { transientData: { a: 'b' }, endorsingOrganizations: [ORG1] };
    expect(await evaluate(world.contract(ORG1), [{ do: 'transient' }], options)).toEqual([{ a: 'b' }]);
  });

  it('time out with the peer’s text, and leave the chaincode usable', async () => {
    const sleeping = evaluateOn(ORG1, [{ do: 'sleep', milliseconds: 600 }]);
    const details = await sleeping.catch((error: unknown) => (error as { details: { message: string }[] }).details);
    expect((details as { message: string }[])[0]?.message).toMatch(
      /^error in simulation: failed to execute transaction [0-9a-f]{64}: error sending: timeout expired while executing transaction$/,
    );
    expect(await evaluateOn(ORG1, [{ do: 'get', key: 'p' }])).toEqual(['']);
  });

  it('of a chaincode that registers under another name are never heard', async () => {
    world.engine.setChaincodeLink(ORG2, CHAINCODE, () => linkToChaincode('impostor', ORG2, scriptChaincode));
    const details = await evaluateOn(ORG2, []).catch(
      (error: unknown) => (error as { details: { message: string }[] }).details,
    );
    expect((details as { message: string }[])[0]?.message).toContain(
      `could not launch chaincode ${CHAINCODE}: connection to ${CHAINCODE} failed: chaincode registered as impostor`,
    );
    world.engine.setChaincodeLink(ORG2, CHAINCODE, () => linkToChaincode(CHAINCODE, ORG2, scriptChaincode));
    expect(await evaluateOn(ORG2, [])).toEqual([]);
  });
});
