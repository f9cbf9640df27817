/** Cases of validation and commit: conflicts, phantoms, policies at commit, key policies, history. */
import { signed, type Context, type Prepared } from '../support/context.js';
import { OpenEnvelope } from '../support/envelope.js';
import { signedEnvelope } from '../support/messages.js';
import { outOf } from '../support/policy.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const ORG1 = base64(outOf(1, 'Org1MSP.peer'));
const ORG2 = base64(outOf(1, 'Org2MSP.peer'));

/** Steps of one transaction under `any`, endorsed by the first organisation unless others are named. */
type Transaction = readonly Step[] | { readonly steps: readonly Step[]; readonly targets?: readonly string[]; readonly chaincode?: string };

function prepare(t: Context, transaction: Transaction): Promise<Prepared> {
  const call = 'steps' in transaction ? transaction : { steps: transaction };
  return t.prepare({ chaincode: 'any', targets: ['Org1MSP'], ...call });
}

const put = (key: string, value = 'v', collection?: string): Step => ({
  ...{ do: 'put', key, value },
  ...(collection === undefined ? {} : { collection }),
});
const get = (key: string, collection?: string): Step => ({
  ...{ do: 'get', key },
  ...(collection === undefined ? {} : { collection }),
});

/** Transactions endorsed on the same state, then ordered into one block. */
const inOneBlock = (
  id: string,
  name: string,
  transactions: (t: Context) => readonly Transaction[],
  given?: (t: Context) => readonly Step[],
): Case => ({
  id,
  name,
  run: async (t) => {
    if (given !== undefined) await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: given(t) });
    const prepared: Prepared[] = [];
    for (const each of transactions(t)) prepared.push(await prepare(t, each));
    return t.oneBlock(...prepared);
  },
});

/** A transaction that is endorsed first and ordered after another one is committed. */
const overtaken = (
  id: string,
  name: string,
  steps: (t: Context) => readonly Step[],
  between: (t: Context) => readonly Step[],
  given?: (t: Context) => readonly Step[],
): Case => ({
  id,
  name,
  run: async (t) => {
    if (given !== undefined) await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: given(t) });
    const slow = await prepare(t, steps(t));
    await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: between(t) });
    return t.commit(slow);
  },
});

const scan = (t: Context, take?: number): Step => ({
  ...{ do: 'range', start: t.key('n'), end: t.key('o') },
  ...(take === undefined ? {} : { take }),
});
const fill = (t: Context, count: number): readonly Step[] => [{ do: 'fill', prefix: t.key('n'), count }];

/** A transaction whose envelope was changed after it was endorsed, and endorsed and signed again. */
const forged = (
  id: string,
  name: string,
  change: (open: OpenEnvelope, t: Context) => void,
  options: { readonly endorse?: boolean; readonly seal?: (open: OpenEnvelope) => Uint8Array } = {},
): Case => ({
  id,
  name,
  // Fabric's validation can come to a halt for ever when malformed transactions share a block with others.
  alone: true,
  run: async (t) => {
    const prepared = await t.endorsed({ chaincode: 'any', steps: [put(t.key('k'))] });
    const open = new OpenEnvelope(prepared.envelope);
    change(open, t);
    if (options.endorse !== false) open.endorseBy(t.net.peers.Org1);
    const payload = (options.seal ?? ((each) => each.seal()))(open);
    const envelope = signedEnvelope(payload, prepared.creator.sign(payload));
    return t.commit({ ...prepared, txId: open.channelHeader.getTxId(), envelope });
  },
});

export const VALIDATION: readonly Case[] = [
  inOneBlock('84', 'Of two that read and write one key the second conflicts', (t) => [
    [get(t.key('k')), put(t.key('k'), '1')],
    [get(t.key('k')), put(t.key('k'), '2')],
  ]),
  inOneBlock('85', 'Blind writes do not conflict', (t) => [[put(t.key('k'), '1')], [put(t.key('k'), '2')]]),
  inOneBlock('84-invalid', 'What an invalid transaction wrote conflicts with nobody', (t) => [
    { chaincode: 'each', steps: [get(t.key('k')), put(t.key('k'))], targets: ['Org1MSP'] },
    { chaincode: 'each', steps: [get(t.key('k')), put(t.key('k'))], targets: ['Org1MSP', 'Org2MSP', 'Org3MSP'] },
  ]),
  overtaken('84-later', 'A key that changed since it was read is a conflict', (t) => [get(t.key('k')), put(t.key('o'))], (t) => [put(t.key('k'))]),
  overtaken('84-same', 'A key that was written with the same value is a conflict', (t) => [get(t.key('k')), put(t.key('o'))], (t) => [put(t.key('k'), 'v')], (t) => [put(t.key('k'), 'v')]),
  overtaken('84-metadata', 'A key whose policy was set since it was read is a conflict', (t) => [get(t.key('k')), put(t.key('o'))], (t) => [{ do: 'policy', key: t.key('k'), policy: ORG1 }], (t) => [put(t.key('k'))]),
  overtaken('84-absent', 'A key that was deleted where it was absent is no conflict', (t) => [get(t.key('k')), put(t.key('o'))], (t) => [{ do: 'del', key: t.key('k') }]),
  inOneBlock('86', 'A key that is inserted into a scanned range is a phantom', (t) => [[put(t.key('n9'))], [scan(t), put(t.key('k'))]], (t) => fill(t, 3)),
  overtaken('86-later', 'A key that was inserted since the scan is a phantom', (t) => [scan(t), put(t.key('k'))], (t) => [put(t.key('n9'))], (t) => fill(t, 3)),
  overtaken('86-delete', 'A key that was deleted since the scan is a phantom', (t) => [scan(t), put(t.key('k'))], (t) => [{ do: 'del', key: t.key('n002') }], (t) => fill(t, 3)),
  overtaken('86-update', 'A key that was written since the scan is a phantom', (t) => [scan(t), put(t.key('k'))], (t) => [put(t.key('n002'), 'v')], (t) => fill(t, 3)),
  overtaken('86-empty', 'A key that was inserted into an empty range is a phantom', (t) => [scan(t), put(t.key('k'))], (t) => [put(t.key('n1'))]),
  overtaken('86-outside', 'The end of a range is not in it', (t) => [scan(t), put(t.key('k'))], (t) => [put(t.key('o'))], (t) => fill(t, 3)),
  overtaken('86-hashes', 'A key that was inserted into a long range is a phantom', (t) => [scan(t), put(t.key('k'))], (t) => [put(t.key('n0755'))], (t) => fill(t, 120)),
  overtaken('86-hashes-same', 'A long range that nobody touched is none', (t) => [scan(t), put(t.key('k'))], (t) => [put(t.key('p'))], (t) => fill(t, 120)),
  overtaken('87', 'A key that is inserted among the rows that were read ahead is a phantom', (t) => [scan(t, 1), put(t.key('k'))], (t) => [put(t.key('n0505'))], (t) => fill(t, 150)),
  overtaken('87-beyond', 'A key that is inserted beyond the rows that were read ahead is none', (t) => [scan(t, 1), put(t.key('k'))], (t) => [put(t.key('n1205'))], (t) => fill(t, 150)),
  overtaken('87-edge', 'A key that is inserted right before the last row read ahead is a phantom', (t) => [scan(t, 1), put(t.key('k'))], (t) => [put(t.key('n1005'))], (t) => fill(t, 150)),
  overtaken('87-after', 'A key that is inserted right after the last row read ahead is none', (t) => [scan(t, 1), put(t.key('k'))], (t) => [put(t.key('n1015'))], (t) => fill(t, 150)),
  inOneBlock('88', 'A read of what an earlier transaction deletes conflicts', (t) => [[{ do: 'del', key: t.key('k') }], [get(t.key('k')), put(t.key('o'))]], (t) => [put(t.key('k'))]),
  inOneBlock('88-absent', 'A read of an absent key that an earlier transaction deletes conflicts as Fabric has it', (t) => [[{ do: 'del', key: t.key('k') }], [get(t.key('k')), put(t.key('o'))]]),
  inOneBlock('88-scan', 'A scan of what an earlier transaction deletes is a phantom', (t) => [[{ do: 'del', key: t.key('n002') }], [scan(t), put(t.key('k'))]], (t) => fill(t, 3)),
  inOneBlock('88-policy', 'A read of a key whose policy an earlier transaction sets conflicts', (t) => [[{ do: 'policy', key: t.key('k'), policy: ORG1 }], [get(t.key('k')), put(t.key('o'))]], (t) => [put(t.key('k'))]),
  inOneBlock('89', 'A private read of what an earlier transaction writes conflicts', (t) => [[put(t.key('k'), '1', 'one')], [get(t.key('k'), 'one'), put(t.key('o'))]]),
  overtaken('89-later', 'A private key that changed since it was read is a conflict', (t) => [get(t.key('k'), 'one'), put(t.key('o'))], (t) => [put(t.key('k'), '1', 'one')]),
  overtaken('89-hash', 'A private key that changed since its hash was read is a conflict', (t) => [{ do: 'hash', key: t.key('k'), collection: 'one' }, put(t.key('o'))], (t) => [put(t.key('k'), '1', 'one')]),
  inOneBlock('89-blind', 'Blind private writes do not conflict', (t) => [[put(t.key('k'), '1', 'one')], [put(t.key('k'), '2', 'one')]]),
  overtaken('89-purge', 'A private key that was purged since it was read is a conflict', (t) => [get(t.key('k'), 'one'), put(t.key('o'))], (t) => [{ do: 'purge', key: t.key('k'), collection: 'one' }], (t) => [put(t.key('k'), '1', 'one')]),
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
    id: '90-private',
    name: 'A policy of a private key counts alone',
    run: async (t) => {
      const at = { key: t.key('k'), collection: 'all' };
      await t.given({ steps: [{ do: 'put', ...at, value: 'v' }, { do: 'policy', ...at, policy: ORG2 }] });
      const write = { steps: [{ do: 'put', ...at, value: '2' }] as const };
      return [await t.submit({ ...write, targets: ['Org1MSP'] }), await t.submit({ ...write, targets: ['Org2MSP'] })];
    },
  },
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
  inOneBlock('92', 'A write in the block in which the policy of its key changes fails', (t) => [[{ do: 'policy', key: t.key('k'), policy: ORG1 }], [put(t.key('k'), '2')]], (t) => [put(t.key('k'))]),
  inOneBlock('92-before', 'A write before the change of its key policy is valid', (t) => [[put(t.key('k'), '2')], [{ do: 'policy', key: t.key('k'), policy: ORG1 }]], (t) => [put(t.key('k'))]),
  inOneBlock('92-mvcc', 'A change of a key policy that conflicts spoils the later write all the same', (t) => [
    [put(t.key('c'), '1')],
    [get(t.key('c')), { do: 'policy', key: t.key('k'), policy: ORG1 }],
    [put(t.key('k'), '2')],
  ], (t) => [put(t.key('k')), put(t.key('c'))]),
  inOneBlock('92-failed', 'A change of a key policy without endorsement spoils nothing', (t) => [
    { chaincode: 'each', targets: ['Org1MSP'], steps: [{ do: 'policy', key: t.key('k'), policy: ORG1 }] },
    { chaincode: 'each', targets: ['Org1MSP', 'Org2MSP', 'Org3MSP'], steps: [put(t.key('k'), '2')] },
  ]),
  inOneBlock('92-private', 'A private write in the block in which the policy of its key changes fails', (t) => [
    [{ do: 'policy', key: t.key('k'), collection: 'one', policy: ORG1 }],
    [put(t.key('k'), '2', 'one')],
  ], (t) => [put(t.key('k'), 'v', 'one')]),
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
      return [removed, await t.submit({ steps: [put(t.key('k'))], targets: ['Org2MSP'] })];
    },
  },
  {
    id: '93-garbage',
    name: 'A key policy that is none lets nobody write',
    run: async (t) => {
      const policy = Buffer.from('no policy').toString('base64');
      await t.given({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k')), { do: 'policy', key: t.key('k'), policy }] });
      return t.submit({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'), '2')] });
    },
  },
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
    id: '94-plan',
    name: 'Private writes to two implicit collections are planned for both organisations',
    run: (t) =>
      t.submit({ steps: [put(t.key('k'), 'v', '_implicit_org_Org1MSP'), put(t.key('k'), 'v', '_implicit_org_Org3MSP')] }),
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
  {
    id: 'v-endorsement-forged',
    name: 'A bad endorsement beside enough good ones does no harm',
    run: async (t) => {
      const prepared = await t.endorsed({ chaincode: 'any', targets: ['Org1MSP', 'Org2MSP'], steps: [put(t.key('k'))] });
      const open = new OpenEnvelope(prepared.envelope);
      open.action.getEndorsementsList()[0]?.setSignature(Buffer.from('no signature'));
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  {
    id: 'v-endorsement-bad',
    name: 'A bad endorsement is none',
    run: async (t) => {
      const prepared = await t.endorsed({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'))] });
      const open = new OpenEnvelope(prepared.envelope);
      open.action.getEndorsementsList()[0]?.setSignature(t.net.peers.Org2.sign(Buffer.from('other')));
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  {
    id: 'v-endorsement-twice',
    name: 'One endorser counts once',
    run: async (t) => {
      const prepared = await t.endorsed({ targets: ['Org1MSP'], steps: [put(t.key('k'))] });
      const open = new OpenEnvelope(prepared.envelope);
      open.endorseBy(t.net.peers.Org1, t.net.peers.Org1, t.net.peers.Org1);
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  forged('97', 'A transaction with another proposal hash is no endorser transaction', (open) => {
    open.response.setProposalHash(Buffer.alloc(32));
  }),
  forged('97-input', 'A transaction with other arguments is no endorser transaction', (open) => {
    open.actionPayload.setChaincodeProposalPayload(Buffer.alloc(0));
  }),
  forged('v-unendorsed', 'A transaction without endorsements fails its policy', (open) => {
    open.action.setEndorsementsList([]);
  }, { endorse: false }),
  forged('v-changed', 'A response that was changed after its endorsement fails its policy', (open) => {
    open.chaincodeAction.getResponse()?.setMessage('changed');
  }, { endorse: false }),
  forged('v-results', 'Results that are none', (open) => {
    open.rawResults = Buffer.from('no results');
  }),
  forged('v-extension', 'A response payload that is none', (open) => {
    open.rawResponse = Buffer.from([0xff, 0xff]);
  }),
  forged('v-version', 'An empty chaincode version', (open) => {
    open.chaincodeAction.getChaincodeId()?.setVersion('');
  }),
  forged('v-other-version', 'Another chaincode version', (open) => {
    open.chaincodeAction.getChaincodeId()?.setVersion('9');
  }),
  forged('v-other-name', 'The name of another chaincode in the response', (open) => {
    open.chaincodeAction.getChaincodeId()?.setName('each');
  }),
  forged('v-no-id', 'No chaincode id in the response', (open) => {
    open.chaincodeAction.clearChaincodeId();
  }),
  forged('v-namespace-twice', 'A namespace that occurs twice', (open) => {
    const [first] = open.rwset.getNsRwsetList();
    if (first !== undefined) open.rwset.addNsRwset(first.cloneMessage());
  }),
  forged('v-namespace-unknown', 'A write into a chaincode that does not exist', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    set?.setNamespace('nowhere');
  }),
  forged('v-lifecycle', 'A write into the life cycle', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    open.rwset.setNsRwsetList(set === undefined ? [] : [set]);
    set?.setNamespace('_lifecycle');
  }),
  forged('v-lscc', 'A write into a system chaincode', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    set?.setNamespace('lscc');
  }),
  forged('v-no-action', 'No action at all', (open) => {
    open.transaction.setActionsList([]);
  }),
  forged('v-two-actions', 'Two actions', (open) => {
    const [first] = open.transaction.getActionsList();
    if (first !== undefined) open.transaction.addActions(first.cloneMessage());
  }),
  forged('v-status', 'A response with a status that is no success', (open) => {
    open.chaincodeAction.getResponse()?.setStatus(500);
  }),
  {
    id: '95-two',
    name: 'A signature of a peer of another organisation does not stand in',
    run: async (t) => {
      const prepared = signed(await t.endorsed({ targets: ['Org1MSP', 'Org2MSP'], steps: [put(t.key('k'))] }));
      return t.commit(prepared);
    },
  },
];
