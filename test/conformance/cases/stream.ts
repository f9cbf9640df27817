/** Cases of the stream between peer and chaincode: state calls, scans, private data, calls of other chaincodes, events. */
import { OpenEnvelope } from '../support/envelope.js';
import type { Context } from '../support/context.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';

/** A case of one evaluate. */
export const asked = (id: string, name: string, steps: (t: Context) => readonly Step[]): Case => ({
  id,
  name,
  run: (t) => t.evaluate({ chaincode: 'any', steps: steps(t) }),
});

const numbered = (t: Context, count: number): Promise<void> =>
  t.given({ chaincode: 'any', steps: [{ do: 'fill', prefix: t.key('n'), count }] });

export const all = (t: Context): { start: string; end: string } => ({ start: t.key('n'), end: t.key('o') });

export const STREAM: readonly Case[] = [
  asked('46', 'A missing key has length 0', (t) => [{ do: 'length', key: t.key('k') }]),
  {
    id: '47',
    name: 'A range of 250 keys has all of them, in order',
    run: async (t) => {
      await numbered(t, 250);
      const [found] = (await t.query({ chaincode: 'any', steps: [{ do: 'range', ...all(t) }] })) as string[][];
      return [found?.length, found?.[0], found?.at(-1), [...(found ?? [])].sort().join() === found?.join()];
    },
  },
  {
    id: '48',
    name: 'Pages end with an empty bookmark',
    run: async (t) => {
      await numbered(t, 7);
      const page = async (bookmark: string): Promise<{ bookmark: string }> => {
        const steps = [{ do: 'page', ...all(t), size: 3, bookmark }] as const;
        return ((await t.query({ chaincode: 'any', steps })) as { bookmark: string }[])[0] ?? { bookmark: '' };
      };
      const first = await page('');
      const second = await page(first.bookmark);
      return [first, second, await page(second.bookmark)];
    },
  },
  {
    id: '48-exact',
    name: 'A page of exactly the last keys has an empty bookmark',
    run: async (t) => {
      await numbered(t, 4);
      return t.evaluate({ chaincode: 'any', steps: [{ do: 'page', ...all(t), size: 4 }] });
    },
  },
  {
    id: '49',
    name: 'No write may follow a page',
    run: async (t) => {
      await numbered(t, 3);
      const steps = [
        { do: 'page', ...all(t), size: 2 },
        { do: 'put', key: t.key('k') },
      ] as const;
      return t.evaluate({ chaincode: 'any', steps });
    },
  },
  asked('48-none', 'A page of nothing', (t) => [{ do: 'page', ...all(t), size: 2 }]),
  asked('50', 'No page may follow a write', (t) => [
    { do: 'put', key: t.key('k') },
    { do: 'page', ...all(t), size: 3 },
  ]),
  asked('51', 'No write may follow a private range', (t) => [
    { do: 'range', collection: 'one', ...all(t) },
    { do: 'put', key: t.key('k') },
  ]),
  asked('51-private', 'No private write may follow a private range', (t) => [
    { do: 'range', collection: 'one', ...all(t) },
    { do: 'put', key: t.key('k'), collection: 'one' },
  ]),
  asked('52', 'No private range may follow a write', (t) => [
    { do: 'put', key: t.key('k') },
    { do: 'range', collection: 'one', ...all(t) },
  ]),
  asked('52-delete', 'No private range may follow a delete', (t) => [
    { do: 'del', key: t.key('k') },
    { do: 'range', collection: 'one', ...all(t) },
  ]),
  asked('53', 'A rich query is refused by LevelDB', () => [{ do: 'query', selector: '{"selector":{}}' }]),
  asked('53-caught', 'A refused rich query can be caught', (t) => [
    { do: 'query', selector: '{"selector":{}}', caught: true },
    { do: 'get', key: t.key('k') },
  ]),
  {
    id: '54',
    name: 'A range from the empty key does not begin with composite keys',
    run: async (t) => {
      await t.given({
        chaincode: 'any',
        steps: [
          { do: 'putComposite', type: t.key('T'), attributes: ['x'] },
          { do: 'put', key: t.key('k') },
        ],
      });
      const steps = [{ do: 'range', start: '', end: '' }] as const;
      const [found = []] = (await t.query({ chaincode: 'any', steps })) as string[][];
      return [found.some((key) => key.startsWith('\0')), found.includes(t.key('k'))];
    },
  },
  {
    id: '55',
    name: 'A partial composite key finds attributes of every plane in the order of their bytes',
    run: async (t) => {
      const attributes = ['a', '\u00e9', '\uff5e', '\ufffd', '\u{10000}', '\u{1f600}', '\u{10fffd}', 'z'];
      const type = t.key('P');
      await t.given({
        chaincode: 'any',
        steps: attributes.map((each) => ({ do: 'putComposite', type, attributes: ['p', each] }) as const),
      });
      return t.evaluate({ chaincode: 'any', steps: [{ do: 'partial', type, attributes: ['p'] }] });
    },
  },
  {
    id: '62',
    name: 'A call of another chaincode on the channel writes both namespaces',
    run: async (t) => {
      const outcome = await t.submit({
        steps: [
          { do: 'put', key: t.key('k'), value: 'caller' },
          { do: 'call', chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: 'callee' }] },
        ],
      });
      const steps = [{ do: 'get', key: t.key('k') }] as const;
      return [outcome, await t.evaluate({ steps }), await t.evaluate({ chaincode: 'any', steps })];
    },
  },
  asked('63', 'A call on an unknown channel is refused', (t) => [
    { do: 'call', chaincode: 'each', channel: 'elsewhere', steps: [{ do: 'get', key: t.key('k') }], caught: true },
  ]),
  {
    id: '63-named',
    name: 'A call that names the own channel is one on the own channel',
    run: async (t) => {
      const outcome = await t.submit({
        steps: [
          { do: 'put', key: t.key('own') },
          {
            ...{ do: 'call', chaincode: 'any', channel: t.net.channel },
            steps: [{ do: 'put', key: t.key('k'), value: 'callee' }],
          },
        ],
      });
      return [outcome, await t.evaluate({ chaincode: 'any', steps: [{ do: 'get', key: t.key('k') }] })];
    },
  },
  {
    id: '64',
    name: 'What a callee wrote before it failed is kept when the caller goes on',
    run: async (t) => {
      const inner = [
        { do: 'put', key: t.key('k'), value: 'callee' },
        { do: 'fail', message: 'inner' },
      ] as const;
      const steps = [
        { do: 'put', key: t.key('own') },
        { do: 'call', chaincode: 'any', steps: inner },
      ] as const;
      const call = { steps };
      const answer = await t.evaluate(call);
      const outcome = await t.submit(call);
      return [answer, outcome, await t.evaluate({ chaincode: 'any', steps: [{ do: 'get', key: t.key('k') }] })];
    },
  },
  {
    id: '65',
    name: "A callee's event is not the transaction's",
    run: async (t) => {
      const prepared = await t.prepare({
        chaincode: 'any',
        steps: [{ do: 'call', chaincode: 'each', steps: [{ do: 'event', name: 'inner' }] }],
      });
      return new OpenEnvelope(prepared.envelope).chaincodeAction.getEvents_asU8().length;
    },
  },
  {
    id: '64-silent',
    name: 'A caller that touches nothing itself is left out of the plan and then missed at commit',
    run: (t) =>
      t.submit({ steps: [{ do: 'call', chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: 'v' }] }] }),
  },
  {
    id: '64-reading',
    name: 'A caller that only reads is planned for beside its callee',
    run: (t) =>
      t.submit({
        steps: [
          { do: 'get', key: t.key('own') },
          { do: 'call', chaincode: 'any', steps: [{ do: 'put', key: t.key('k'), value: 'v' }] },
        ],
      }),
  },
  asked('66', 'A chaincode cannot call itself on its channel', (t) => [
    { do: 'call', chaincode: 'any', steps: [{ do: 'get', key: t.key('k') }], caught: true },
  ]),
  asked('66-unknown', 'An unknown chaincode cannot be called', () => [
    { do: 'call', chaincode: 'nowhere', steps: [], caught: true },
  ]),
  asked('66-elsewhere', 'A chaincode that is hosted elsewhere cannot be called', () => [
    { do: 'call', chaincode: 'far', steps: [], caught: true },
  ]),
  {
    id: '67',
    name: 'Of two events the last one counts',
    run: async (t) => {
      const { txId, block } = await committedWithEvents(t, ['first', 'last']);
      const { events } = await t.events({ from: block, wanted: 1 });
      return events.filter((each) => (each as { txId: string }).txId === txId);
    },
  },
  {
    id: '68',
    name: "The time is the client's",
    run: (t) => {
      const seconds = Math.floor(Date.now() / 1000) - 300;
      t.names.give(String(seconds), '<time of client>');
      return t
        .query({ timestamp: new Date(seconds * 1000), steps: [{ do: 'timestamp' }] })
        .then((answer) => JSON.stringify(answer));
    },
  },
  {
    id: '69',
    name: 'A chaincode that must be initialised is, once for each version',
    alone: true,
    run: async (t) => {
      const chaincode = 'init';
      const call = { chaincode, steps: [{ do: 'put', key: t.key('k') }] } as const;
      const before = await t.submit(call);
      const inPrivate = await t.submit({
        ...{ chaincode, isInit: true },
        steps: [{ do: 'put', key: t.key('k'), collection: '_implicit_org_Org1MSP', value: 'v' }],
      });
      const hash = await t.submit({
        ...{ chaincode, isInit: true },
        steps: [{ do: 'hash', key: t.key('k'), collection: '_implicit_org_Org1MSP' }],
      });
      const init = await t.submit({ ...call, isInit: true });
      const after = await t.submit(call);
      return { before, inPrivate, hash, init, after, again: await t.submit({ ...call, isInit: true }) };
    },
  },
  {
    id: '69-not-required',
    name: 'An init call of a chaincode that requires none is an init all the same',
    run: (t) => t.submit({ chaincode: 'any', isInit: true, steps: [{ do: 'put', key: t.key('k') }] }),
  },
  {
    id: '70',
    name: 'State calls at the same time are answered each',
    run: async (t) => {
      const keys = ['a', 'b', 'c', 'd'];
      await t.given({
        chaincode: 'any',
        steps: keys.map((key) => ({ do: 'put', key: t.key(key), value: key }) as const),
      });
      const steps = [{ do: 'all', steps: keys.map((key) => ({ do: 'get', key: t.key(key) }) as const) }] as const;
      return t.evaluate({ chaincode: 'any', steps });
    },
  },
  {
    id: 's-big',
    name: 'A value of a megabyte comes back',
    run: async (t) => {
      await t.given({ chaincode: 'any', steps: [{ do: 'big', key: t.key('k'), size: 1_000_000 }] });
      return t.evaluate({ chaincode: 'any', steps: [{ do: 'length', key: t.key('k') }] });
    },
  },
  asked('s-empty-key', 'The empty key is refused or taken as Fabric does', () => [
    { do: 'get', key: '', caught: true },
    { do: 'put', key: '', value: 'v', caught: true },
  ]),
  {
    id: 's-policy-read',
    name: 'A key policy is read back, and a missing one is empty',
    run: async (t) => {
      const policy = Buffer.from('0a', 'hex').toString('base64');
      await t.given({
        chaincode: 'any',
        steps: [
          { do: 'put', key: t.key('k'), value: 'v' },
          { do: 'policy', key: t.key('k'), policy },
        ],
      });
      const steps = [
        { do: 'getPolicy', key: t.key('k') },
        { do: 'getPolicy', key: t.key('none') },
      ] as const;
      return t.evaluate({ chaincode: 'any', steps });
    },
  },
  asked('s-range-backwards', 'A range whose end is before its start is empty or refused as Fabric does', (t) => [
    { do: 'range', start: t.key('o'), end: t.key('n'), caught: true },
  ]),
];

async function committedWithEvents(t: Context, names: readonly string[]): Promise<{ txId: string; block: number }> {
  const prepared = await t.prepare({
    chaincode: 'any',
    steps: [{ do: 'put', key: t.key('k') }, ...names.map((name) => ({ do: 'event', name, value: 'p' }) as const)],
  });
  await t.commit(prepared);
  const { block } = await t.status(prepared.txId);
  return { txId: prepared.txId, block };
}
