/** Cases of validation: policies at commit, key policies, collections' policies, history. */
import { common } from '@hyperledger/fabric-protos';
import { OpenEnvelope } from '../support/envelope.js';
import { signedEnvelope } from '../support/messages.js';
import type { Org } from '../support/net.js';
import { outOf } from '../support/policy.js';
import type { Case } from '../support/suite.js';
import { get, inOneBlock, put } from './blocks.js';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const ORG1 = base64(outOf(1, 'Org1MSP.peer'));
const ORG2 = base64(outOf(1, 'Org2MSP.peer'));

const TWICE_ORG1 = outOf(2, 'Org1MSP.peer', 'Org1MSP.peer');

/** A write to a key with a policy of its own, endorsed by these peers. */
const underKeyPolicy = (id: string, name: string, policy: Uint8Array, endorsers: readonly Org[]): Case => ({
  id,
  name,
  run: async (t) => {
    const steps = [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: base64(policy) }] as const;
    await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps });
    const prepared = await t.endorsed({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'), '2')] });
    const open = new OpenEnvelope(prepared.envelope);
    open.endorseBy(...endorsers.map((org) => t.net.peers[org]));
    const payload = open.seal();
    return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
  },
});

/** The policy with only so many of its signers listed. */
function listing(count: number, bytes: Uint8Array): Uint8Array {
  const policy = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  policy.setIdentitiesList(policy.getIdentitiesList().slice(0, count));
  return policy.serializeBinary();
}

/** The policy with a rule that says nothing. */
function hollow(bytes: Uint8Array): Uint8Array {
  const policy = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  policy.setRule(new common.SignaturePolicy());
  return policy.serializeBinary();
}

/** A write to a key with such a policy: endorsed by a chosen peer, and planned by the gateway. */
const underOddPolicy = (id: string, name: string, policy: Uint8Array): Case => ({
  id,
  name,
  run: async (t) => {
    const steps = [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: base64(policy) }] as const;
    await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps });
    const write = { chaincode: 'any', steps: [put(t.key('k'), '2')] };
    return { named: await t.submit({ ...write, targets: ['Org1MSP'] }), planned: await t.submit(write) };
  },
});

export const VALIDATION: readonly Case[] = [
  {
    id: '90',
    name: 'A key policy counts alone',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] });
      const write = { steps: [put(t.key('k'), '2')] };
      const without = await t.submit({ ...write, targets: ['Org1MSP', 'Org3MSP'] });
      const alone = await t.submit({ ...write, targets: ['Org2MSP'] });
      return { without, alone, planned: await t.submit(write) };
    },
  },
  {
    id: '90-mixed',
    name: 'A write without a key policy needs the policy of the chaincode',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] });
      return t.submit({ steps: [put(t.key('k'), '2'), put(t.key('o'))], targets: ['Org2MSP'] });
    },
  },
  {
    id: '90-mixed-planned',
    name: 'The gateway plans for the key policy and the policy of the chaincode together',
    run: async (t) => {
      const guarded = [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] as const;
      await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: guarded });
      return t.submit({ chaincode: 'any', steps: [put(t.key('k'), '2'), put(t.key('o'))] });
    },
  },
  {
    id: '90-alone-planned',
    name: 'For a write under a key policy the gateway asks nobody for the policy of the chaincode',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] });
      const { envelope } = await t.prepare({ steps: [put(t.key('k'), '2')] });
      const endorsements = new OpenEnvelope(envelope).action.getEndorsementsList();
      return endorsements.map((each) => Buffer.from(each.getEndorser_asU8()).toString('hex'));
    },
  },
  {
    id: '90-private',
    name: 'A policy of a private key counts alone',
    run: async (t) => {
      const at = { key: t.key('k'), collection: 'all' };
      await t.given({
        steps: [
          { do: 'put', ...at, value: 'v' },
          { do: 'policy', ...at, policy: ORG2 },
        ],
      });
      const write = { steps: [{ do: 'put', ...at, value: '2' }] as const };
      return [await t.submit({ ...write, targets: ['Org1MSP'] }), await t.submit({ ...write, targets: ['Org2MSP'] })];
    },
  },
  underKeyPolicy('90-two-of-one', 'One signature counts once in a policy that names its signer twice', TWICE_ORG1, [
    'Org1',
  ]),
  underKeyPolicy('90-same-twice', 'The same signer twice counts once', TWICE_ORG1, ['Org1', 'Org1']),
  underKeyPolicy(
    '90-given-back',
    'A rule that fails gives back the signatures that it took',
    outOf(1, { count: 2, of: ['Org1MSP.peer', 'Org3MSP.peer'] }, 'Org1MSP.peer'),
    ['Org1'],
  ),
  underKeyPolicy(
    '90-taken',
    'A rule that holds keeps the signatures that it took',
    outOf(2, { count: 1, of: ['Org1MSP.peer', 'Org3MSP.peer'] }, 'Org1MSP.peer'),
    ['Org1'],
  ),
  underKeyPolicy('90-role', 'A policy of administrators is not satisfied by a peer', outOf(1, 'Org1MSP.admin'), [
    'Org1',
  ]),
  underKeyPolicy('90-member', 'A policy of members is satisfied by a peer', outOf(1, 'Org1MSP.member'), ['Org1']),
  underKeyPolicy(
    '90-other',
    'A policy of members is not satisfied by another organisation',
    outOf(1, 'Org1MSP.member'),
    ['Org2'],
  ),
  {
    id: '91',
    name: 'A key policy is changed by those whom it names',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] });
      const change = { steps: [{ do: 'policy', key: t.key('k'), policy: ORG1 }] as const };
      const without = await t.submit({ ...change, targets: ['Org1MSP', 'Org3MSP'] });
      return [without, await t.submit({ ...change, targets: ['Org2MSP'] })];
    },
  },
  inOneBlock(
    '92',
    'A write in the block in which the policy of its key changes fails',
    (t) => [[{ do: 'policy', key: t.key('k'), policy: ORG1 }], [put(t.key('k'), '2')]],
    (t) => [put(t.key('k'))],
  ),
  inOneBlock(
    '92-before',
    'A write before the change of its key policy is valid',
    (t) => [[put(t.key('k'), '2')], [{ do: 'policy', key: t.key('k'), policy: ORG1 }]],
    (t) => [put(t.key('k'))],
  ),
  inOneBlock(
    '92-mvcc',
    'A change of a key policy that conflicts spoils the later write all the same',
    (t) => [
      [put(t.key('c'), '1')],
      [get(t.key('c')), { do: 'policy', key: t.key('k'), policy: ORG1 }],
      [put(t.key('k'), '2')],
    ],
    (t) => [put(t.key('k')), put(t.key('c'))],
  ),
  inOneBlock('92-failed', 'A change of a key policy without endorsement spoils nothing', (t) => [
    { chaincode: 'each', targets: ['Org1MSP'], steps: [{ do: 'policy', key: t.key('k'), policy: ORG1 }] },
    { chaincode: 'each', targets: ['Org1MSP', 'Org2MSP', 'Org3MSP'], steps: [put(t.key('k'), '2')] },
  ]),
  inOneBlock(
    '92-private',
    'A private write in the block in which the policy of its key changes fails',
    (t) => [[{ do: 'policy', key: t.key('k'), collection: 'one', policy: ORG1 }], [put(t.key('k'), '2', 'one')]],
    (t) => [put(t.key('k'), 'v', 'one')],
  ),
  {
    id: '93',
    name: 'A key that is deleted and made again has no policy of its own',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] });
      await t.given({ steps: [{ do: 'del', key: t.key('k') }], targets: ['Org2MSP'] });
      const again = { steps: [put(t.key('k'))] };
      return [await t.submit({ ...again, targets: ['Org2MSP'] }), await t.submit(again)];
    },
  },
  {
    id: '93-empty',
    name: 'An empty key policy is none',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy: ORG2 }] });
      const removed = await t.submit({ steps: [{ do: 'policy', key: t.key('k'), policy: '' }], targets: ['Org2MSP'] });
      const write = { steps: [put(t.key('k'))] } as const;
      const alone = await t.submit({ ...write, targets: ['Org2MSP'] });
      return [removed, alone, await t.submit({ ...write, targets: ['Org1MSP', 'Org2MSP', 'Org3MSP'] })];
    },
  },
  {
    id: '93-empty-planned',
    name: 'For a key whose policy was emptied the gateway finds no plan',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k'))] });
      await t.given({ steps: [{ do: 'policy', key: t.key('k'), policy: '' }] });
      return t.submit({ steps: [put(t.key('k'), '2')] });
    },
  },
  {
    id: '93-garbage',
    name: 'A key policy that is none lets nobody write',
    run: async (t) => {
      const policy = Buffer.from('no policy').toString('base64');
      await t.given({
        chaincode: 'any',
        targets: ['Org1MSP'],
        steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy }],
      });
      return t.submit({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'), '2')] });
    },
  },
  underOddPolicy(
    '93-unlisted',
    'A key policy whose rule names a signer that it does not list lets nobody write, and cannot be planned for',
    listing(0, outOf(1, 'Org1MSP.peer')),
  ),
  underOddPolicy(
    '93-unlisted-within',
    'A rule that names a signer that is not listed spoils the key policy, also beside one that can be met',
    listing(1, outOf(1, 'Org1MSP.peer', 'Org2MSP.peer')),
  ),
  underOddPolicy(
    '93-too-many',
    'A key policy that asks for more rules than it has lets nobody write, and cannot be planned for',
    outOf(2, 'Org1MSP.peer'),
  ),
  underOddPolicy(
    '93-too-many-within',
    'A rule that asks for more rules than it has spoils nothing beside one that can be met',
    outOf(1, { count: 2, of: ['Org1MSP.peer'] }, 'Org1MSP.peer'),
  ),
  underOddPolicy(
    '93-too-many-inside',
    'A key policy of which one part too few can be met lets nobody write, and cannot be planned for',
    outOf(1, { count: 2, of: ['Org1MSP.peer'] }),
  ),
  underOddPolicy(
    '93-hollow',
    'A key policy whose rule is empty lets nobody write, and cannot be planned for',
    hollow(outOf(1, 'Org1MSP.peer')),
  ),
  underOddPolicy(
    '93-nobody',
    'A key policy of an organisation that is not on the channel lets nobody write, and cannot be planned for',
    outOf(1, 'NobodyMSP.peer'),
  ),
  {
    id: '94',
    name: "A collection's own policy is enough for private writes",
    run: async (t) => {
      const write = { steps: [put(t.key('k'), 'v', 'shared')] };
      return [await t.submit({ ...write, targets: ['Org1MSP'] }), await t.submit({ ...write, targets: ['Org2MSP'] })];
    },
  },
  {
    id: '94-public',
    name: "A collection's own policy is not enough for a public write beside",
    run: (t) => t.submit({ steps: [put(t.key('k'), 'v', 'shared'), put(t.key('o'))], targets: ['Org1MSP'] }),
  },
  {
    id: '94-implicit',
    name: 'An implicit collection is endorsed by its organisation',
    run: async (t) => {
      const write = { steps: [put(t.key('k'), 'v', '_implicit_org_Org1MSP')] };
      return [await t.submit({ ...write, targets: ['Org1MSP'] }), await t.submit({ ...write, targets: ['Org2MSP'] })];
    },
  },
  {
    id: '94-implicit-client',
    name: 'An implicit collection is not endorsed by a client of its organisation',
    run: async (t) => {
      const steps = [put(t.key('k'), 'v', '_implicit_org_Org1MSP')];
      const prepared = await t.endorsed({ steps, targets: ['Org1MSP'] });
      const open = new OpenEnvelope(prepared.envelope);
      open.endorseBy(t.net.users.Org1);
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  {
    id: '94-plan',
    name: 'Private writes to two implicit collections are planned for both organisations',
    run: (t) =>
      t.submit({
        steps: [put(t.key('k'), 'v', '_implicit_org_Org1MSP'), put(t.key('k'), 'v', '_implicit_org_Org3MSP')],
      }),
  },
  {
    id: '95',
    name: "A client's endorsement is none under a policy of peers",
    run: async (t) => {
      const prepared = await t.endorsed({ chaincode: 'any', steps: [put(t.key('k'))] });
      const open = new OpenEnvelope(prepared.envelope);
      open.endorseBy(t.net.users.Org1);
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  {
    id: '96',
    name: 'A transaction without writes is under the policy of its chaincode',
    run: async (t) => {
      const steps = [get(t.key('k'))];
      return [await t.submit({ steps }), await t.submit({ steps, targets: ['Org1MSP'] })];
    },
  },
  {
    id: '96-nothing',
    name: 'A transaction that does nothing is under the policy of its chaincode',
    run: async (t) => [await t.submit({ steps: [] }), await t.submit({ steps: [], targets: ['Org1MSP'] })],
  },
  {
    id: '96-callee',
    name: 'A callee that is only read is under no policy of its own',
    run: (t) =>
      t.submit({
        ...{ chaincode: 'any', targets: ['Org1MSP'] },
        steps: [put(t.key('k')), { do: 'call', chaincode: 'each', steps: [get(t.key('k'))] }],
      }),
  },
  {
    id: '96-callee-writes',
    name: 'A callee that writes is under its own policy',
    run: async (t) => {
      const steps = [put(t.key('k')), { do: 'call', chaincode: 'each', steps: [put(t.key('k'))] }] as const;
      const call = { chaincode: 'any', steps };
      return [await t.submit({ ...call, targets: ['Org1MSP'] }), await t.submit(call)];
    },
  },
  {
    id: '98',
    name: 'A history is newest first, with deletes, without what was invalid',
    run: async (t) => {
      await t.given({ steps: [put(t.key('k'), '1')] });
      await t.given({ steps: [put(t.key('k'), '2')] });
      await t.submit({ steps: [put(t.key('k'), 'invalid')], targets: ['Org1MSP'] });
      await t.given({ steps: [{ do: 'del', key: t.key('k') }] });
      await t.given({ steps: [put(t.key('k'), '3')] });
      return t.evaluate({ steps: [{ do: 'history', key: t.key('k') }] });
    },
  },
];
