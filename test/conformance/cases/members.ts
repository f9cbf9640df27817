/** Cases of organisations that are taken off the channel and come back, of the updates that do it, and of a peer that lost its ledger. */
import { common } from '@hyperledger/fabric-protos';
import { withoutOrganization } from '@tenor/network/dist/channel/members.js';
import { outcomeOf, type Context } from '../support/context.js';
import { outOf } from '../support/policy.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';
import { configOf, sent, type UpdateParts } from '../support/updates.js';
import { deliverFromOrderer } from '../support/wire.js';
import { seekEnvelope } from '../support/messages.js';
import { many } from './batches.js';
import { put } from './blocks.js';

const BOOK = '_implicit_org_Org3MSP';
const AT_ONE = { chaincode: 'any', targets: ['Org1MSP'] } as const;
const STAYING = ['Org1', 'Org2'] as const;

const policyOf = (...mspIds: readonly ('Org1MSP' | 'Org3MSP')[]): string =>
  Buffer.from(outOf(mspIds.length, ...mspIds.map((mspId) => `${mspId}.peer` as const))).toString('base64');

/** A case after which the channel has all its organisations again. */
const without = (
  id: string,
  name: string,
  run: (t: Context, leave: () => Promise<void>) => Promise<unknown>,
): Case => ({
  id,
  name,
  alone: true,
  changesChannel: true,
  run: async (t) => {
    const channel = { isWhole: true };
    const leave = async (): Promise<void> => {
      await t.net.network.removeOrganization('org3');
      channel.isWhole = false;
    };
    try {
      return await run(t, leave);
    } finally {
      if (!channel.isWhole) await t.net.network.addOrganization('org3');
    }
  },
});

/** What becomes of a transaction at the peers that stay. */
async function ordered(t: Context, prepared: Awaited<ReturnType<Context['prepare']>>): Promise<unknown> {
  const refused = await outcomeOf(t.order(prepared), 'submit');
  if (refused !== undefined) return refused;
  const all = await Promise.all(STAYING.map((at) => t.status(prepared.txId, { at })));
  return [...new Set(all.map(({ code }) => code))];
}

/** Endorsed by those named, or by whom the gateway finds, and ordered. */
async function submitted(t: Context, call: Parameters<Context['prepare']>[0]): Promise<unknown> {
  const prepared = await outcomeOf(t.prepare(call), 'endorse');
  return typeof prepared === 'object' && prepared !== null && 'envelope' in prepared
    ? ordered(t, prepared as Awaited<ReturnType<Context['prepare']>>)
    : prepared;
}

const firstPart = (text: unknown): unknown =>
  JSON.parse(JSON.stringify(text).replaceAll(/\{BlockNum: \d+, TxNum: \d+\}/g, '{version}')) as unknown;

/** One update, and what the ordering service says of it. */
const update = (id: string, name: string, parts: (t: Context, config: common.Config) => UpdateParts): Case => ({
  id,
  name,
  run: async (t) => sent(t, parts(t, await configOf(t))),
});

const removal = (t: Context, config: common.Config): Uint8Array =>
  withoutOrganization(config, t.net.channel, 'Org3MSP');

/** The update with something else in it. */
function changed(content: Uint8Array, change: (update: common.ConfigUpdate) => void): Uint8Array {
  const update = common.ConfigUpdate.deserializeBinary(content);
  change(update);
  return update.serializeBinary();
}

const applicationIn = (group: common.ConfigGroup | undefined): common.ConfigGroup =>
  group?.getGroupsMap().get('Application') ?? new common.ConfigGroup();

export const MEMBERS: readonly Case[] = [
  update('u-one', 'An update needs a majority of administrators', (t, config) => ({
    ...{ content: removal(t, config), signers: [t.net.admins.Org1], sender: t.net.admins.Org1 },
  })),
  update('u-twice', 'One organisation that signs twice is one', (t, config) => ({
    ...{ content: removal(t, config), signers: [t.net.admins.Org1, t.net.admins.Org1], sender: t.net.admins.Org1 },
  })),
  update('u-clients', 'Who is no administrator signs nothing', (t, config) => ({
    ...{ content: removal(t, config), signers: [t.net.admins.Org1, t.net.users.Org2], sender: t.net.admins.Org1 },
  })),
  update('u-stranger', 'A stranger sends no update, whoever signed it', (t, config) => ({
    ...{ content: removal(t, config), signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.odd.foreign },
  })),
  update('u-stale', 'What an update was made from has to stand', (t, config) => ({
    content: changed(removal(t, config), (each) => {
      applicationIn(each.getReadSet()).setVersion(41);
    }),
    ...{ signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.admins.Org1 },
  })),
  update('u-unknown', 'What an update was made from has to be there', (t, config) => ({
    content: changed(removal(t, config), (each) =>
      applicationIn(each.getReadSet()).getGroupsMap().set('Org4MSP', new common.ConfigGroup()),
    ),
    ...{ signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.admins.Org1 },
  })),
  update('u-jump', 'A version rises by one', (t, config) => ({
    content: changed(removal(t, config), (each) => {
      applicationIn(each.getWriteSet()).setVersion(41);
    }),
    ...{ signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.admins.Org1 },
  })),
  update('u-nothing', 'An update changes something', (t, config) => ({
    content: changed(removal(t, config), (each) => {
      each.setWriteSet(each.getReadSet());
    }),
    ...{ signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.admins.Org1 },
  })),
  update('u-policy', 'What is written names who may change it', (t, config) => ({
    content: changed(removal(t, config), (each) => {
      applicationIn(each.getWriteSet()).setModPolicy('');
    }),
    ...{ signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.admins.Org1 },
  })),
  update('u-channel', 'An update is of the channel that it is sent to', (t, config) => ({
    content: changed(removal(t, config), (each) => {
      each.setChannelId('elsewhere');
    }),
    ...{ signers: [t.net.admins.Org1, t.net.admins.Org2], sender: t.net.admins.Org1 },
  })),
  without(
    'l-book',
    "A removed organisation's book is unknown: no hash, no value, no write, no scan",
    async (t, leave) => {
      const key = t.key('k');
      await t.given({ chaincode: 'any', targets: ['Org3MSP'], steps: [{ do: 'put', key, collection: BOOK }] });
      const steps: Readonly<Record<string, Step>> = {
        hash: { do: 'hash', key, collection: BOOK },
        get: { do: 'get', key, collection: BOOK },
        many: many([key, t.key('l')], BOOK),
        policy: { do: 'getPolicy', key, collection: BOOK },
        range: { do: 'range', start: key, end: `${key}z`, collection: BOOK },
      };
      const asked = async (): Promise<Record<string, unknown>> => {
        const given: Record<string, unknown> = {};
        for (const [name, step] of Object.entries(steps))
          given[name] = firstPart(await t.evaluate({ ...AT_ONE, steps: [{ ...step, caught: true }] }));
        return given;
      };
      const before = await asked();
      const early = await t.prepare({ chaincode: 'any', targets: ['Org3MSP'], steps: [put(t.key('m'), 'v', BOOK)] });
      await leave();
      return {
        ...{ before, after: await asked() },
        write: await submitted(t, { ...AT_ONE, steps: [put(t.key('n'), 'v', BOOK)] }),
        endorsedBefore: await ordered(t, early),
      };
    },
  ),
  without(
    'l-policy',
    'A key policy that names a removed organisation is not met, and one that has a choice is',
    async (t, leave) => {
      const [both, either] = [t.key('both'), t.key('either')];
      const choice = Buffer.from(outOf(1, 'Org1MSP.peer', 'Org3MSP.peer')).toString('base64');
      await t.given({
        chaincode: 'any',
        steps: [
          ...[put(both), { do: 'policy', key: both, policy: policyOf('Org1MSP', 'Org3MSP') } as const],
          ...[put(either), { do: 'policy', key: either, policy: choice } as const],
        ],
      });
      const early = await t.prepare({ chaincode: 'any', targets: ['Org1MSP', 'Org3MSP'], steps: [put(both, 'w')] });
      await leave();
      return {
        named: await submitted(t, { chaincode: 'any', targets: ['Org1MSP', 'Org2MSP'], steps: [put(both, 'x')] }),
        planned: await submitted(t, { chaincode: 'any', steps: [put(both, 'x')] }),
        endorsedBefore: await ordered(t, early),
        choice: await submitted(t, { chaincode: 'any', steps: [put(either, 'x')] }),
        removedAsked: await submitted(t, { chaincode: 'any', targets: ['Org3MSP'], steps: [put(t.key('o'))] }),
        removedEvaluates: await t.evaluate({ chaincode: 'any', targets: ['Org3MSP'], steps: [{ do: 'mspId' }] }),
        // Its definition asks for all three.
        each: await submitted(t, { steps: [put(t.key('p'))] }),
      };
    },
  ),
  without(
    'l-people',
    'People of a removed organisation are nobody, but at its own peer, which goes on with what it had',
    async (t, leave) => {
      const creator = t.net.users.Org3;
      const key = t.key('k');
      await t.given({ chaincode: 'any', targets: ['Org3MSP'], steps: [{ do: 'put', key, collection: BOOK }] });
      const prepared = await t.prepare({ chaincode: 'any', creator, targets: ['Org1MSP'], steps: [put(t.key('l'))] });
      await leave();
      const own = { chaincode: 'any', at: 'Org3', creator } as const;
      const blocks = async (who: typeof creator): Promise<unknown> => {
        const request = seekEnvelope({ creator: who, channel: t.net.channel, start: 'newest', stop: 'newest' });
        const { responses, error } = await deliverFromOrderer(t.net.orderer, request, 1);
        return error ?? responses.map((each) => (each.hasBlock() ? 'a block' : each.getStatus()));
      };
      return {
        evaluates: await t.evaluate({ ...AT_ONE, creator, steps: [{ do: 'mspId' }] }),
        submits: await outcomeOf(t.order(prepared)),
        status: await outcomeOf(t.status(prepared.txId, { by: creator })),
        events: await t.events({ by: creator }),
        delivered: await blocks(creator),
        peerDelivered: await blocks(t.net.peers.Org3),
        atHome: await t.evaluate({ ...own, steps: [{ do: 'get', key, collection: BOOK }] }),
        atHomeOthersBook: await t.evaluate({
          ...own,
          steps: [{ do: 'hash', key, collection: '_implicit_org_Org1MSP' }],
        }),
        fromHome: await submitted(t, { ...own, targets: ['Org1MSP'], steps: [put(t.key('m'))] }),
        others: await t.evaluate({ ...own, creator: t.net.users.Org1, targets: ['Org3MSP'], steps: [{ do: 'mspId' }] }),
      };
    },
  ),
  {
    id: 'l-back',
    name: 'Who comes back finds its book as it was, and what was written meanwhile',
    alone: true,
    changesChannel: true,
    run: async (t) => {
      const [key, later] = [t.key('k'), t.key('later')];
      await t.given({ chaincode: 'any', targets: ['Org3MSP'], steps: [{ do: 'put', key, collection: BOOK }] });
      await t.net.network.removeOrganization('org3');
      const meanwhile = await submitted(t, { ...AT_ONE, steps: [put(later)] });
      await t.net.network.addOrganization('org3');
      const own = { chaincode: 'any', at: 'Org3', creator: t.net.users.Org3, targets: ['Org3MSP'] } as const;
      return {
        meanwhile,
        hash: await t.evaluate({ ...AT_ONE, steps: [{ do: 'hash', key, collection: BOOK }] }),
        own: await t.evaluate({
          ...own,
          steps: [
            { do: 'get', key, collection: BOOK },
            { do: 'get', key: later },
          ],
        }),
        writes: await t.submit({ ...own, steps: [put(key, 'w', BOOK)] }),
      };
    },
  },
  {
    id: 'lost',
    name: 'A peer that lost its ledger has the hashes of its book and not the values, until they are written again',
    alone: true,
    changesChannel: true,
    run: async (t) => {
      const collection = '_implicit_org_Org2MSP';
      const [key, other, open] = [t.key('k'), t.key('l'), t.key('open')];
      const own = { chaincode: 'any', at: 'Org2', creator: t.net.users.Org2, targets: ['Org2MSP'] } as const;
      const book = [put(key, 'v', collection), put(other, 'v', collection), put(open)];
      await t.given({ ...own, steps: book });
      await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(key, 's', 'shared')] });
      await t.net.network.faults.loseLedger('org2');
      const asked = async (step: Step): Promise<unknown> =>
        firstPart(await t.evaluate({ ...own, steps: [{ ...step, caught: true }] }));
      const all = async (): Promise<unknown> => ({
        get: await asked({ do: 'get', key, collection }),
        many: await asked(many([key, other], collection)),
        hash: await asked({ do: 'hash', key, collection }),
        range: await asked({ do: 'range', start: key, end: `${other}z`, collection }),
        public: await asked({ do: 'get', key: open }),
      });
      const lost = await all();
      const repeated = await t.submit({ ...own, steps: [put(key, 'v', collection)] });
      return { lost, repeated, after: await all() };
    },
  },
];
