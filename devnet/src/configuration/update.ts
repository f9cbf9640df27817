// Updates of a channel's configuration: what one changes, whether it may, and the configuration that follows. As Fabric's configtx does it.
import { common } from '@hyperledger/fabric-protos';
import { unmarshal, within } from '../decode.js';
import type { SignedData } from '../identity/membership.js';

type Message = common.ConfigGroup | common.ConfigValue | common.ConfigPolicy;

/** A group, value or policy of the tree. */
interface Element {
  /** Of the group itself, or of the group that it stands in. */
  readonly policyPath: string;
  readonly message: Message;
}

/** By kind and path, as Fabric's texts name them: `[Group]  /Channel/Application`. */
type Elements = Map<string, Element>;

const ROOT = '/Channel';
const GROUP = '[Group]  ';
const VALUE = '[Value]  ';
const POLICY = '[Policy] ';

/** What an update is held against. */
export interface Configured {
  readonly name: string;
  readonly config: common.Config;
  /** Why these signatures do not meet the policy at a path; undefined when they do. */
  policyRefusal(path: string, ...signed: readonly SignedData[]): string | undefined;
  hasPolicy(path: string): boolean;
}

/** The configuration after an update. @throws Error with Fabric's words when it may not be */
export function updatedConfig(now: Configured, update: common.ConfigUpdateEnvelope): common.Config {
  const channelGroup = authorized(now, update);
  const config = new common.Config();
  config.setSequence(now.config.getSequence() + 1);
  config.setChannelGroup(channelGroup);
  return config;
}

function authorized(now: Configured, envelope: common.ConfigUpdateEnvelope): common.ConfigGroup {
  const update = unmarshal(common.ConfigUpdate, envelope.getConfigUpdate_asU8());
  if (update.getChannelId() !== now.name) {
    throw new Error(`ConfigUpdate for channel '${update.getChannelId()}' but envelope for channel '${now.name}'`);
  }
  const existing = elementsOf(now.config.getChannelGroup());
  const read = elementsOf(update.getReadSet());
  const written = elementsOf(update.getWriteSet());
  within('error validating ReadSet', () => {
    checkReadSet(existing, read);
  });
  const delta = new Map([...written].filter(([key, { message }]) => versionIn(read, key) !== message.getVersion()));
  const signatures = signaturesOf(envelope);
  within('error validating DeltaSet', () => {
    checkDeltaSet(now, existing, delta, signatures);
  });
  const result = new Map([...existing, ...delta]);
  const lacking = [...written.keys()].find((key) => !result.has(key));
  if (lacking !== undefined) {
    throw new Error(
      `full config did not verify: writeset contained key ${lacking} which did not appear in proposed config`,
    );
  }
  return treeOf(result, ROOT);
}

const versionIn = (elements: Elements, key: string): number | undefined => elements.get(key)?.message.getVersion();

function checkReadSet(existing: Elements, read: Elements): void {
  for (const [key, { message }] of read) {
    const version = versionIn(existing, key);
    if (version === undefined) {
      throw new Error(`existing config does not contain element for ${key} but was in the read set`);
    }
    if (version !== message.getVersion()) {
      const [wanted, is] = [String(message.getVersion()), String(version)];
      throw new Error(
        `proposed update requires that key ${key} be at version ${wanted}, but it is currently at version ${is}`,
      );
    }
  }
}

function checkDeltaSet(now: Configured, existing: Elements, delta: Elements, signed: readonly SignedData[]): void {
  if (delta.size === 0) {
    throw new Error('delta set was empty -- update would have no effect');
  }
  for (const [key, { message }] of delta) {
    if (message.getModPolicy() === '') {
      throw new Error(`invalid mod_policy for element ${key}: mod_policy not set`);
    }
    const element = existing.get(key);
    if (element !== undefined) {
      checkVersion(key, message.getVersion(), element.message.getVersion());
      checkPolicy(now, key, element, signed);
    } else if (message.getVersion() !== 0) {
      throw new Error(`attempted to set key ${key} to version ${String(message.getVersion())}, but key does not exist`);
    }
  }
}

function checkVersion(key: string, wanted: number, is: number): void {
  if (wanted !== is + 1) {
    throw new Error(`attempt to set key ${key} to version ${String(wanted)}, but key is at version ${String(is)}`);
  }
}

/** The policy that guards an element stands in the element itself. */
function checkPolicy(
  now: Configured,
  key: string,
  { policyPath, message }: Element,
  signed: readonly SignedData[],
): void {
  const named = message.getModPolicy();
  const path = named.startsWith('/') ? named : `${policyPath}/${named}`;
  if (!now.hasPolicy(path)) {
    throw new Error(`unexpected missing policy ${named} for item ${key}`);
  }
  const refusal = now.policyRefusal(path, ...signed);
  if (refusal !== undefined) {
    throw new Error(`policy for ${key} not satisfied: ${refusal}`);
  }
}

/** Each signature covers the header beside it and the update. */
function signaturesOf(envelope: common.ConfigUpdateEnvelope): SignedData[] {
  return envelope.getSignaturesList().map((signature) => {
    const header = signature.getSignatureHeader_asU8();
    return {
      data: Buffer.concat([header, envelope.getConfigUpdate_asU8()]),
      identity: unmarshal(common.SignatureHeader, header).getCreator_asU8(),
      signature: signature.getSignature_asU8(),
    };
  });
}

function elementsOf(root: common.ConfigGroup | undefined): Elements {
  const elements: Elements = new Map();
  const visit = (path: string, group: common.ConfigGroup): void => {
    elements.set(`${GROUP}${path}`, { policyPath: path, message: group });
    for (const [name, message] of group.getValuesMap().entries()) {
      elements.set(`${VALUE}${path}/${name}`, { policyPath: path, message });
    }
    for (const [name, message] of group.getPoliciesMap().entries()) {
      elements.set(`${POLICY}${path}/${name}`, { policyPath: path, message });
    }
    for (const [name, below] of group.getGroupsMap().entries()) {
      visit(`${path}/${name}`, below);
    }
  };
  if (root) {
    visit(ROOT, root);
  }
  return elements;
}

/** The group at a path, with what it says is in it, each as the elements have it. */
function treeOf(elements: Elements, path: string): common.ConfigGroup {
  const said = elements.get(`${GROUP}${path}`)?.message as common.ConfigGroup;
  const group = new common.ConfigGroup();
  group.setVersion(said.getVersion());
  group.setModPolicy(said.getModPolicy());
  for (const name of said.getGroupsMap().keys()) {
    group.getGroupsMap().set(name, treeOf(elements, `${path}/${name}`));
  }
  for (const name of said.getValuesMap().keys()) {
    group.getValuesMap().set(name, elements.get(`${VALUE}${path}/${name}`)?.message as common.ConfigValue);
  }
  for (const name of said.getPoliciesMap().keys()) {
    group.getPoliciesMap().set(name, elements.get(`${POLICY}${path}/${name}`)?.message as common.ConfigPolicy);
  }
  return group;
}
