// Chaincode definitions as Fabric's lifecycle keeps them: fields of their own in the namespace `_lifecycle`.
import { common, peer } from '@hyperledger/fabric-protos';
import type { StateDb } from './state.js';
import { implicitCollection, readCollections, type Collection } from './collection.js';

export const LIFECYCLE = '_lifecycle';

export interface ChaincodeDefinition {
  readonly name: string;
  readonly sequence: number;
  readonly version: string;
  /** The SignaturePolicyEnvelope of the chaincode; undefined means the channel's Endorsement policy. */
  readonly signaturePolicy: Uint8Array | undefined;
  readonly initRequired: boolean;
  /** A serialized CollectionConfigPackage; empty when there is none. */
  readonly collections: Uint8Array;
}

type Field = 'Sequence' | 'EndorsementInfo' | 'ValidationInfo' | 'Collections';
const FIELDS: readonly Field[] = ['Sequence', 'EndorsementInfo', 'ValidationInfo', 'Collections'];
const CHANNEL_ENDORSEMENT = '/Channel/Application/Endorsement';

/** Reads one key of the namespace `_lifecycle`. */
export type ReadLifecycle = (key: string) => Uint8Array | undefined;

/** The committed sequence, 0 when the chaincode is not defined. This is all that an ordinary call reads. */
export function readSequence(name: string, read: ReadLifecycle): number {
  const bytes = read(fieldKey(name, 'Sequence'));
  return bytes ? peer.lifecycle.StateData.deserializeBinary(bytes).getInt64() : 0;
}

/** The whole definition, reading every one of its keys as Fabric does; undefined when there is none. */
export function readDefinition(name: string, read: ReadLifecycle): ChaincodeDefinition | undefined {
  const metadata = read(metadataKey(name));
  if (!metadata) {
    return undefined;
  }
  const [sequence, endorsement, validation, collections] = FIELDS.map((field) => read(fieldKey(name, field)));
  if (!sequence || !endorsement || !validation || !collections) {
    throw new Error(`definition of ${name} is incomplete`);
  }
  let definition = decoded.get(sequence);
  if (!definition) {
    definition = decode(name, { sequence, endorsement, validation, collections });
    decoded.set(sequence, definition);
  }
  return definition;
}

/** The definition that a state has; undefined when there is none. */
export function definitionIn(state: StateDb, name: string): ChaincodeDefinition | undefined {
  return readDefinition(name, (key) => state.getPublic(LIFECYCLE, key)?.value);
}

/** The collection that a chaincode has in a state; undefined when it has none of this name. */
export function collectionIn(state: StateDb, chaincode: string, name: string): Collection | undefined {
  return findCollection(definitionIn(state, chaincode), name);
}

/** Every commit of a definition writes a new sequence, so the stored bytes stand for the whole. */
const decoded = new WeakMap<Uint8Array, ChaincodeDefinition>();

/** The collection of a chaincode, explicit or implicit; undefined when it has none of this name. */
export function findCollection(definition: ChaincodeDefinition | undefined, name: string): Collection | undefined {
  if (!definition) {
    return undefined;
  }
  let explicit = collectionsOf.get(definition);
  if (!explicit) {
    explicit = readCollections(definition.collections);
    collectionsOf.set(definition, explicit);
  }
  return implicitCollection(name) ?? explicit.get(name);
}

const collectionsOf = new WeakMap<ChaincodeDefinition, ReturnType<typeof readCollections>>();

interface StoredFields {
  readonly sequence: Uint8Array;
  readonly endorsement: Uint8Array;
  readonly validation: Uint8Array;
  readonly collections: Uint8Array;
}

function decode(name: string, { sequence, endorsement, validation, collections }: StoredFields): ChaincodeDefinition {
  const info = peer.lifecycle.ChaincodeEndorsementInfo.deserializeBinary(bytesOf(endorsement));
  const parameter = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(bytesOf(validation));
  const policy = peer.ApplicationPolicy.deserializeBinary(parameter.getValidationParameter_asU8());
  return {
    name,
    sequence: peer.lifecycle.StateData.deserializeBinary(sequence).getInt64(),
    version: info.getVersion(),
    signaturePolicy: policy.getSignaturePolicy()?.serializeBinary(),
    initRequired: info.getInitRequired(),
    collections: bytesOf(collections),
  };
}

/** The keys to write for a definition; those that stand there already with the same bytes are left alone. */
export function definitionWrites(definition: ChaincodeDefinition, read: ReadLifecycle): Map<string, Uint8Array> {
  const { name } = definition;
  const metadata = new peer.lifecycle.StateMetadata();
  metadata.setDatatype('ChaincodeDefinition');
  metadata.setFieldsList([...FIELDS]);
  const sequence = new peer.lifecycle.StateData();
  sequence.setInt64(definition.sequence);
  const writes: (readonly [string, Uint8Array])[] = [
    [metadataKey(name), metadata.serializeBinary()],
    [fieldKey(name, 'Sequence'), sequence.serializeBinary()],
    [fieldKey(name, 'EndorsementInfo'), bytesField(endorsementInfo(definition))],
    [fieldKey(name, 'ValidationInfo'), bytesField(validationInfo(definition.signaturePolicy))],
    [fieldKey(name, 'Collections'), bytesField(definition.collections)],
  ];
  return new Map(writes.filter(([key, value]) => !Buffer.from(value).equals(read(key) ?? new Uint8Array())));
}

function endorsementInfo({ version, initRequired }: ChaincodeDefinition): Uint8Array {
  const info = new peer.lifecycle.ChaincodeEndorsementInfo();
  info.setVersion(version);
  info.setInitRequired(initRequired);
  info.setEndorsementPlugin('escc');
  return info.serializeBinary();
}

/** The serialized ApplicationPolicy that a definition states. */
export function applicationPolicyOf(signaturePolicy: Uint8Array | undefined): Uint8Array {
  const policy = new peer.ApplicationPolicy();
  if (signaturePolicy) {
    policy.setSignaturePolicy(common.SignaturePolicyEnvelope.deserializeBinary(signaturePolicy));
  } else {
    policy.setChannelConfigPolicyReference(CHANNEL_ENDORSEMENT);
  }
  return policy.serializeBinary();
}

/** The chaincodes that are defined, by name. */
export function definitionNames(state: StateDb): string[] {
  return [...state.rangePublic(LIFECYCLE, metadataKey(''), metadataKey('\u{10FFFF}'))].map(([key]) =>
    key.slice(metadataKey('').length),
  );
}

function validationInfo(signaturePolicy: Uint8Array | undefined): Uint8Array {
  const info = new peer.lifecycle.ChaincodeValidationInfo();
  info.setValidationPlugin('vscc');
  info.setValidationParameter(applicationPolicyOf(signaturePolicy));
  return info.serializeBinary();
}

function bytesField(bytes: Uint8Array): Uint8Array {
  const data = new peer.lifecycle.StateData();
  data.setBytes(bytes);
  return data.serializeBinary();
}

function bytesOf(field: Uint8Array): Uint8Array {
  return peer.lifecycle.StateData.deserializeBinary(field).getBytes_asU8();
}

function fieldKey(name: string, field: Field): string {
  return `namespaces/fields/${name}/${field}`;
}

function metadataKey(name: string): string {
  return `namespaces/metadata/${name}`;
}
