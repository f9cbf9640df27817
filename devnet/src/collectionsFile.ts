// The file that `peer lifecycle chaincode approveformyorg --collections-config` takes: a JSON list, as fabric-samples have it.
import { common, peer } from '@hyperledger/fabric-protos';
import { signaturePolicyFromText } from './identity/policyLanguage.js';
import { messageOf } from './messageOf.js';

const INT32_MAX = 2 ** 31 - 1;

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount =
  (max: number): Check =>
  (value) =>
    Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= max;

interface Field {
  readonly holds: Check;
  /** What it has to be. */
  readonly is: string;
  readonly required?: boolean;
}

const COUNT: Field = { holds: isCount(INT32_MAX), is: 'a whole number' };
const FLAG: Field = { holds: isFlag, is: 'true or false' };
const COLLECTION_FIELDS: Readonly<Record<string, Field>> = {
  name: { holds: isText, is: 'a text', required: true },
  policy: { holds: isText, is: 'a policy in a text', required: true },
  requiredPeerCount: COUNT,
  maxPeerCount: COUNT,
  blockToLive: { holds: isCount(Number.MAX_SAFE_INTEGER), is: 'a whole number' },
  memberOnlyRead: FLAG,
  memberOnlyWrite: FLAG,
  endorsementPolicy: { holds: (value) => typeof value === 'object' && value !== null, is: 'an object' },
};
const POLICY_FIELDS: Readonly<Record<string, Field>> = {
  signaturePolicy: { holds: isText, is: 'a policy in a text' },
  channelConfigPolicy: { holds: isText, is: 'the path of a policy' },
};

interface StatedPolicy {
  readonly signaturePolicy?: string;
  readonly channelConfigPolicy?: string;
}

interface StatedCollection {
  readonly name: string;
  readonly policy: string;
  readonly requiredPeerCount?: number;
  readonly maxPeerCount?: number;
  readonly blockToLive?: number;
  readonly memberOnlyRead?: boolean;
  readonly memberOnlyWrite?: boolean;
  readonly endorsementPolicy?: StatedPolicy;
}

/**
 * A serialized protos.CollectionConfigPackage from the JSON text of a collections file. Counts that are left out are those of the
 * `peer` command: requiredPeerCount 0, maxPeerCount 1.
 * @throws Error that names the collection and the field; fields that the `peer` command does not know are refused
 */
export function collectionsFromJson(text: string): Uint8Array {
  const list = parse(text);
  const config = new peer.CollectionConfigPackage();
  config.setConfigList(
    list.map((item, index) => {
      const place = `collection ${String(index + 1)}`;
      checkFields(item, COLLECTION_FIELDS, place);
      const stated = item as StatedCollection;
      try {
        return toConfig(stated, place);
      } catch (cause) {
        throw new Error(`${place} (${stated.name}): ${messageOf(cause)}`, { cause });
      }
    }),
  );
  return config.serializeBinary();
}

function parse(text: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Error(`it is no JSON: ${messageOf(cause)}`, { cause });
  }
  if (!Array.isArray(content)) {
    throw new Error('it is no list of collections');
  }
  return content;
}

function checkFields(item: unknown, fields: Readonly<Record<string, Field>>, place: string): void {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new Error(`${place} is no object`);
  }
  for (const [name, value] of Object.entries(item)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      throw new Error(`${place} has an unknown field ${name}; there are ${Object.keys(fields).join(', ')}`);
    }
    if (!field.holds(value)) {
      throw new Error(`${name} of ${place} is not ${field.is}`);
    }
  }
  const missing = Object.entries(fields).find(
    ([name, { required }]) => required === true && !Object.hasOwn(item, name),
  );
  if (missing) {
    throw new Error(`${place} lacks the field ${missing[0]}`);
  }
}

function toConfig(stated: StatedCollection, place: string): peer.CollectionConfig {
  const members = new peer.CollectionPolicyConfig();
  members.setSignaturePolicy(envelopeOf(stated.policy));
  const content = new peer.StaticCollectionConfig();
  content.setName(stated.name);
  content.setMemberOrgsPolicy(members);
  content.setRequiredPeerCount(stated.requiredPeerCount ?? 0);
  content.setMaximumPeerCount(stated.maxPeerCount ?? 1);
  content.setBlockToLive(stated.blockToLive ?? 0);
  content.setMemberOnlyRead(stated.memberOnlyRead ?? false);
  content.setMemberOnlyWrite(stated.memberOnlyWrite ?? false);
  if (stated.endorsementPolicy) {
    checkFields(stated.endorsementPolicy, POLICY_FIELDS, `endorsementPolicy of ${place}`);
    content.setEndorsementPolicy(toApplicationPolicy(stated.endorsementPolicy));
  }
  const config = new peer.CollectionConfig();
  config.setStaticCollectionConfig(content);
  return config;
}

/** Undefined when neither is stated: then the chaincode's own policy holds. */
function toApplicationPolicy(stated: StatedPolicy): peer.ApplicationPolicy | undefined {
  const { signaturePolicy = '', channelConfigPolicy = '' } = stated;
  if (signaturePolicy !== '' && channelConfigPolicy !== '') {
    throw new Error('endorsementPolicy has either a signaturePolicy or a channelConfigPolicy');
  }
  const policy = new peer.ApplicationPolicy();
  if (signaturePolicy !== '') {
    policy.setSignaturePolicy(envelopeOf(signaturePolicy));
    return policy;
  }
  policy.setChannelConfigPolicyReference(channelConfigPolicy);
  return channelConfigPolicy === '' ? undefined : policy;
}

function envelopeOf(text: string): common.SignaturePolicyEnvelope {
  return common.SignaturePolicyEnvelope.deserializeBinary(signaturePolicyFromText(text));
}
