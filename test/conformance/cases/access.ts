/** Cases of access lists, on a channel that has one: which entry guards which service, and how its policy is found and met. */
import { common, peer } from '@hyperledger/fabric-protos';
import { outcomeOf, type Context } from '../support/context.js';
import type { Identity } from '../support/identity.js';
import { seekEnvelope } from '../support/messages.js';
import { ORGANIZATIONS, type Org } from '../support/net.js';
import type { Case } from '../support/suite.js';
import { deliverFromOrderer, type Delivered } from '../support/wire.js';

const statusName = (code: number): string =>
  Object.entries(common.Status).find(([, each]) => each === code)?.[0] ?? String(code);

/** Whether blocks came, and how it ended. */
function shape({ responses, error }: Delivered): unknown {
  const parts = responses.map((each) =>
    each.getTypeCase() === peer.DeliverResponse.TypeCase.STATUS ? statusName(each.getStatus()) : 'a block',
  );
  return error === undefined ? parts : { parts, error };
}

/** Everybody whom the channel knows, and somebody whom it does not, by the name that outcomes use. */
const people = ({ net }: Context): [string, Identity][] => [
  ...ORGANIZATIONS.flatMap((org): [string, Identity][] => [
    [`client of ${org}`, net.users[org]],
    [`administrator of ${org}`, net.admins[org]],
    [`peer of ${org}`, net.peers[org]],
  ]),
  ['client of the orderer', net.odd.outsider],
  ['stranger', net.odd.foreign],
];

/** What each of them gets. */
async function byPerson(t: Context, ask: (who: Identity) => Promise<unknown>): Promise<Record<string, unknown>> {
  const given: Record<string, unknown> = {};
  for (const [name, who] of people(t)) given[name] = await ask(who);
  return given;
}

const LAST = { start: 'newest', stop: 'newest', wanted: 2 } as const;

/** One of the deliver services, at each peer. */
const delivered = (
  id: string,
  name: string,
  service: 'deliver' | 'deliverFiltered' | 'deliverWithPrivateData',
): Case => ({
  id,
  name,
  on: 'listed',
  run: async (t) => {
    const given: Record<string, unknown> = {};
    for (const at of ORGANIZATIONS) {
      given[at] = await byPerson(t, async (creator) => shape(await t.deliver(service, { ...LAST, at, creator })));
    }
    return given;
  },
});

/** Status and text of a system chaincode's answer by the endorser service, or the refusal. */
async function answer(
  t: Context,
  creator: Identity,
  chaincode: string,
  args: readonly (string | Uint8Array)[],
  at: Org,
): Promise<unknown> {
  const { signed } = t.proposal({ chaincode, args, creator });
  return outcomeOf(
    t.net.wires[at].process(signed).then((reply) => {
      const response = reply.getResponse();
      return { status: response?.getStatus(), message: response?.getMessage() };
    }),
  );
}

/** A function of a system chaincode. */
const asked = (
  id: string,
  name: string,
  chaincode: string,
  args: (t: Context) => readonly (string | Uint8Array)[],
): Case => ({
  id,
  name,
  on: 'listed',
  run: (t) => byPerson(t, (who) => answer(t, who, chaincode, args(t), 'Org1')),
});

const definitionOf = (): readonly (string | Uint8Array)[] => {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs();
  args.setName('any');
  return ['QueryChaincodeDefinition', args.serializeBinary()];
};

export const ACCESS_CASES: readonly Case[] = [
  delivered('a-block', 'Whole blocks are for nobody where ALL Admins guards them', 'deliver'),
  delivered('a-block-private', 'Private data beside blocks has the entry of blocks', 'deliverWithPrivateData'),
  delivered('a-block-filtered', 'Filtered blocks have an entry of their own', 'deliverFiltered'),
  {
    id: 'a-orderer',
    name: 'The ordering service delivers whole blocks to readers of the channel, whatever the list says',
    on: 'listed',
    run: (t) =>
      byPerson(t, async (creator) => {
        const request = seekEnvelope({ creator, channel: t.net.channel, start: 'newest', stop: 'newest' });
        return shape(await deliverFromOrderer(t.net.orderer, request, 2));
      }),
  },
  {
    id: 'a-propose',
    name: 'Proposals have an entry, which system chaincodes do not need',
    on: 'listed',
    run: (t) => byPerson(t, (who) => answer(t, who, 'any', ['run', '[]'], 'Org1')),
  },
  {
    id: 'a-call',
    name: 'A chaincode that calls another has an entry, asked for who proposed',
    on: 'listed',
    run: async (t) => {
      const steps = [{ do: 'call', chaincode: 'callee', steps: [], caught: true }] as const;
      const call = { chaincode: 'any', targets: ['Org1MSP'], steps };
      return {
        client: await t.evaluate(call),
        administrator: await t.evaluate({ ...call, creator: t.net.admins.Org1 }),
      };
    },
  },
  {
    id: 'a-status',
    name: 'The status of a transaction has an entry',
    on: 'listed',
    run: async (t) => {
      const prepared = await t.prepare({
        chaincode: 'any',
        targets: ['Org1MSP'],
        steps: [{ do: 'put', key: t.key('k') }],
      });
      await t.order(prepared);
      return byPerson(t, (by) => outcomeOf(t.status(prepared.txId, { by }).then(({ code }) => code)));
    },
  },
  {
    id: 'a-events',
    name: 'Chaincode events have an entry',
    on: 'listed',
    run: async (t) => {
      const prepared = await t.prepare({
        chaincode: 'any',
        targets: ['Org1MSP'],
        steps: [
          { do: 'event', name: 'here' },
          { do: 'put', key: t.key('k') },
        ],
      });
      await t.order(prepared);
      const { block } = await t.status(prepared.txId);
      return byPerson(t, async (by) => {
        const { events, error } = await t.events({ from: block, by, wanted: 1 });
        return error ?? events.filter((each) => (each as { txId: string }).txId === prepared.txId);
      });
    },
  },
  asked('a-qscc-path', 'An entry names a policy by its whole path', 'qscc', (t) => ['GetChainInfo', t.net.channel]),
  asked('a-qscc-name', 'An entry names a policy of a group of the Application group', 'qscc', (t) => [
    ...['GetBlockByNumber', t.net.channel, '0'],
  ]),
  asked('a-qscc-empty', 'An entry without a policy is as none', 'qscc', (t) => [
    'GetTransactionByID',
    t.net.channel,
    'ab',
  ]),
  asked('a-qscc-majority', 'One signature does not meet a majority', 'qscc', (t) => [
    'GetBlockByTxID',
    t.net.channel,
    'ab',
  ]),
  asked('a-qscc-hollow', 'A policy that counts what no organisation has is never met', 'qscc', (t) => [
    ...['GetBlockByHash', t.net.channel, 'ab'],
  ]),
  asked(
    'a-qscc-listed',
    'An entry for a function that the chaincode does not have does not make it one',
    'qscc',
    (t) => [...['Nothing', t.net.channel, 'ab']],
  ),
  asked('a-qscc-unlisted', "A function that is neither listed nor known is nobody's", 'qscc', (t) => [
    ...['Nobody', t.net.channel, 'ab'],
  ]),
  asked('a-cscc-orderer', 'An entry names a policy of the ordering organisations', 'cscc', (t) => [
    ...['GetConfigBlock', t.net.channel],
  ]),
  asked('a-cscc-all', 'One signature does not meet ALL', 'cscc', (t) => ['GetChannelConfig', t.net.channel]),
  asked('a-cscc-peer', "What is the own organisation's is so whatever the list says", 'cscc', () => ['GetChannels']),
  {
    id: 'a-lifecycle-peer',
    name: "The life cycle's own affairs of a peer are so whatever the list says",
    on: 'listed',
    run: (t) => answer(t, t.net.admins.Org1, '_lifecycle', ['QueryInstalledChaincodes', new Uint8Array()], 'Org1'),
  },
  asked('a-lifecycle-name', 'A name that leads nowhere is a refusal', '_lifecycle', definitionOf),
  asked('a-lifecycle-path', 'A path that leads nowhere is a refusal', '_lifecycle', () => [
    ...['QueryChaincodeDefinitions', new Uint8Array()],
  ]),
];
