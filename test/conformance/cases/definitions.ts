/** Cases of chaincode definitions that may not be: names, versions, collections and their members. */
import { common, msp, peer } from '@hyperledger/fabric-protos';
import type { Context } from '../support/context.js';
import { DEFINITIONS } from '../support/net.js';
import { collectionsOf, outOf, type CollectionParts } from '../support/policy.js';
import type { Case } from '../support/suite.js';
import type { Refusal } from '../support/wire.js';

interface Definition {
  readonly name?: string;
  readonly version?: string;
  /** Serialized. */
  readonly collections?: Uint8Array;
}

/** What a peer says when it is asked to endorse the definition. */
async function proposed(t: Context, { name = 'fresh', version = '1.0', collections }: Definition): Promise<unknown> {
  const args = new peer.lifecycle.CommitChaincodeDefinitionArgs();
  args.setName(name);
  args.setVersion(version);
  args.setSequence(1);
  if (collections !== undefined) args.setCollections(peer.CollectionConfigPackage.deserializeBinary(collections));
  const outcome = await t.evaluate({
    chaincode: '_lifecycle',
    args: ['CommitChaincodeDefinition', args.serializeBinary()],
  });
  return (outcome as Refusal['outcome']).message;
}

const refused = (id: string, name: string, definitions: Readonly<Record<string, Definition>>): Case => ({
  id,
  name,
  run: async (t) => {
    const outcomes = Object.entries(definitions).map(
      async ([label, each]) => [label, await proposed(t, each)] as const,
    );
    return Object.fromEntries(await Promise.all(outcomes));
  },
});

const ORG1 = ['Org1MSP'];
const listing = (...parts: readonly CollectionParts[]): Definition => ({ collections: collectionsOf(...parts) });

/** One collection, changed after it was made. */
function changed(change: (collection: peer.StaticCollectionConfig, config: peer.CollectionConfig) => void): Definition {
  const config = peer.CollectionConfigPackage.deserializeBinary(collectionsOf({ name: 'c', members: ORG1 }));
  const [entry = new peer.CollectionConfig()] = config.getConfigList();
  change(entry.getStaticCollectionConfig() ?? new peer.StaticCollectionConfig(), entry);
  return { collections: config.serializeBinary() };
}

/** A collection with this policy for its members. */
const withMembers = (change: (policy: common.SignaturePolicyEnvelope) => void): Definition =>
  changed((collection) => {
    const policy = collection.getMemberOrgsPolicy()?.getSignaturePolicy();
    if (policy !== undefined) change(policy);
  });

const principal = (
  kind: msp.MSPPrincipal.ClassificationMap[keyof msp.MSPPrincipal.ClassificationMap],
  bytes: Uint8Array,
): Definition =>
  withMembers((policy) => {
    const made = new msp.MSPPrincipal();
    made.setPrincipalClassification(kind);
    made.setPrincipal(bytes);
    policy.setIdentitiesList([made]);
  });

const { Classification } = msp.MSPPrincipal;

function unit(mspId: string): Uint8Array {
  const made = new msp.OrganizationUnit();
  made.setMspIdentifier(mspId);
  made.setOrganizationalUnitIdentifier('unit');
  return made.serializeBinary();
}

export const DEFINITION_CASES: readonly Case[] = [
  refused('d-names', 'A chaincode name has letters and digits, and single dashes and underscores between them', {
    none: { name: '' },
    blank: { name: 'a b' },
    dashFirst: { name: '-a' },
    dashLast: { name: 'a-' },
    dashTwice: { name: 'a--b' },
    underscoreFirst: { name: '_a' },
    dot: { name: 'a.b' },
    letter: { name: 'é' },
    line: { name: 'a\n' },
    long: { name: 'a b'.repeat(40) },
  }),
  refused('d-system', 'A system chaincode has its name for itself', {
    qscc: { name: 'qscc' },
    cscc: { name: 'cscc' },
    lscc: { name: 'lscc' },
    escc: { name: 'escc' },
    vscc: { name: 'vscc' },
    lifecycle: { name: '_lifecycle' },
  }),
  refused('d-versions', 'A version has letters, digits and four other characters', {
    none: { version: '' },
    blank: { version: '1 0' },
    slash: { version: '1/0' },
    letter: { version: 'é' },
    line: { version: '1\n' },
  }),
  refused('d-collection-names', 'A collection name has letters, digits, dashes and underscores, and occurs once', {
    none: listing({ name: '', members: ORG1 }),
    underscoreFirst: listing({ name: '_c', members: ORG1 }),
    implicit: listing({ name: '_implicit_org_Org1MSP', members: ORG1 }),
    dot: listing({ name: 'c.d', members: ORG1 }),
    twice: listing({ name: 'c', members: ORG1 }, { name: 'd', members: ORG1 }, { name: 'c', members: ORG1 }),
  }),
  refused('d-collection-counts', 'A collection asks for no more peers than it allows, and for none below zero', {
    more: listing({ name: 'c', members: ORG1, requiredPeerCount: 4 }),
    negative: changed((collection) => {
      collection.setRequiredPeerCount(-2);
      collection.setMaximumPeerCount(-1);
    }),
  }),
  refused('d-collection-members', 'Members of a collection are stated by alternatives, and are on the channel', {
    nobody: listing({ name: 'c', members: ['NobodyMSP'] }),
    oneUnknown: listing({ name: 'c', members: ['Org1MSP', 'NobodyMSP'] }),
    noPolicy: changed((collection) => {
      collection.setMemberOrgsPolicy(undefined);
    }),
    emptyPolicy: changed((collection) => {
      collection.setMemberOrgsPolicy(new peer.CollectionPolicyConfig());
    }),
    noRule: withMembers((policy) => {
      policy.setRule(undefined);
    }),
    ruleOfNothing: withMembers((policy) => {
      policy.setRule(new common.SignaturePolicy());
    }),
    both: changed((collection) => {
      collection
        .getMemberOrgsPolicy()
        ?.setSignaturePolicy(
          common.SignaturePolicyEnvelope.deserializeBinary(outOf(2, 'Org1MSP.member', 'Org2MSP.member')),
        );
    }),
    innerBoth: changed((collection) => {
      const rule = outOf(1, 'Org1MSP.member', { count: 2, of: ['Org2MSP.member', 'Org3MSP.member'] });
      collection.getMemberOrgsPolicy()?.setSignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(rule));
    }),
    signerBeyond: withMembers((policy) => {
      policy.setIdentitiesList([]);
    }),
    unitOfNobody: principal(Classification.ORGANIZATION_UNIT, unit('NobodyMSP')),
    foreignIdentity: principal(Classification.IDENTITY, Buffer.from('nobody')),
    anonymity: principal(Classification.ANONYMITY, new msp.MSPIdentityAnonymity().serializeBinary()),
    noKind: changed((_collection, config) => {
      config.clearStaticCollectionConfig();
    }),
  }),
  refused('d-upgrade', 'An upgrade keeps the collections that there are', {
    none: { name: 'any' },
    other: { name: 'any', ...listing({ name: 'c', members: ORG1 }) },
  }),
  {
    id: '101-upgraded',
    name: 'Private data comes beside the block by the collection as it was defined then',
    alone: true,
    run: async (t) => {
      const chaincode = 'shifting';
      const define = (first: boolean): Promise<void> =>
        t.net.deploy(chaincode, {
          ...DEFINITIONS['any'],
          sequence: first ? 1 : 2,
          collections: collectionsOf(
            { name: 'opened', members: ORG1, memberOnlyRead: first },
            { name: 'closed', members: ORG1, memberOnlyRead: !first },
          ),
        });
      const write = async (key: string): Promise<number> => {
        const steps = ['opened', 'closed'].map(
          (collection) => ({ do: 'put', key: t.key(key), collection, value: 'v' }) as const,
        );
        const prepared = await t.prepare({ chaincode, targets: ['Org1MSP'], steps });
        await t.commit(prepared);
        return (await t.status(prepared.txId)).block;
      };
      const seen = async (block: number): Promise<unknown> => {
        const seek = { at: 'Org1', creator: t.net.users.Org3, start: block, stop: block, wanted: 2 } as const;
        const { responses } = await t.deliver('deliverWithPrivateData', seek);
        const sets = responses[0]?.getBlockAndPrivateData()?.getPrivateDataMapMap();
        return [...(sets?.entries() ?? [])].flatMap(([, set]) =>
          set
            .getNsPvtRwsetList()
            .flatMap((each) => each.getCollectionPvtRwsetList().map((collection) => collection.getCollectionName())),
        );
      };
      await define(true);
      const before = await write('k');
      const then = await seen(before);
      await define(false);
      const after = await write('l');
      return { then, laterOfBefore: await seen(before), laterOfAfter: await seen(after) };
    },
  },
];
