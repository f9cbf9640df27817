// Whether a transaction carries the endorsements that its writes ask for, as every peer checks before committing.
import type { Channel } from '../channel.js';
import { implicitCollectionOwner } from '../channel.js';
import type { Identity } from '../identity/membership.js';
import { signaturePolicy, type Policy } from '../identity/policy.js';
import { messageOf } from '../messageOf.js';
import { definitionIn, findCollection, LIFECYCLE, type ChaincodeDefinition } from './definition.js';
import { collectionId, type Metadata, type StateDb } from './state.js';
import { InvalidTransaction, TxCode, type NamespaceSet, type Transaction } from './transaction.js';

/** One key that a transaction writes: its value, its metadata, or both. Hashed keys are named by their hash in hex. */
interface WrittenKey {
  readonly collection: string;
  readonly key: string;
}

/** The keys whose policy a transaction of the block changes, by namespace and collection. */
export type PolicyChanges = Set<string>;

export class EndorsementCheck {
  readonly #channelNow: () => Channel;
  readonly #state: StateDb;

  /** The channel changes; a policy is asked for as it is when the transaction is checked. */
  constructor(channel: () => Channel, state: StateDb) {
    this.#channelNow = channel;
    this.#state = state;
  }

  get #channel(): Channel {
    return this.#channelNow();
  }

  /**
   * Throws InvalidTransaction when a policy is not satisfied. `changed` holds the keys whose policy earlier
   * transactions of the block set, and receives those of this one.
   */
  check(transaction: Transaction, changed: PolicyChanges): void {
    const signers = this.#channel.membership.signers(transaction.endorsements);
    const namespaces = new Map(transaction.namespaces.map((set) => [set.namespace, set]));
    const written = transaction.namespaces.filter(writesAnything).map(({ namespace }) => namespace);
    for (const namespace of new Set([transaction.chaincode, ...written])) {
      const policy = this.chaincodePolicy(namespace);
      if (!policy) {
        throw new InvalidTransaction(TxCode.INVALID_CHAINCODE, `chaincode ${namespace} is not defined`);
      }
      const set = namespaces.get(namespace);
      this.#checkNamespace(namespace, set, policy, signers, changed);
      policyChanges(namespace, set).forEach((id) => changed.add(id));
    }
  }

  /** The policy of a chaincode; undefined when it is not defined. */
  chaincodePolicy(namespace: string): Policy | undefined {
    if (namespace === LIFECYCLE) {
      return this.#channel.endorsement; // LifecycleEndorsement is the same majority
    }
    const definition = this.definition(namespace);
    return definition?.signaturePolicy
      ? signaturePolicy(definition.signaturePolicy)
      : definition && this.#channel.endorsement;
  }

  /** The committed definition of a chaincode; undefined when there is none. */
  definition(namespace: string): ChaincodeDefinition | undefined {
    return definitionIn(this.#state, namespace);
  }

  /** The policy of a collection itself; undefined when it leaves that to the chaincode. Throws for an unknown one. */
  collectionPolicy(namespace: string, name: string): Policy | undefined {
    const owner = implicitCollectionOwner(name);
    if (owner !== undefined) {
      const policy = this.#channel.endorsementOf(owner);
      if (!policy) {
        throw new Error(`no org found in channel with MSPID '${owner}'`);
      }
      return policy;
    }
    const collection = findCollection(this.definition(namespace), name);
    if (!collection) {
      throw new Error(`no such collection '${name}'`);
    }
    return collection.endorsementPolicy && this.#channel.applicationPolicy(collection.endorsementPolicy);
  }

  #checkNamespace(
    namespace: string,
    set: NamespaceSet | undefined,
    chaincodePolicy: Policy,
    signers: readonly Identity[],
    changed: PolicyChanges,
  ): void {
    const satisfied = new Map<Policy, boolean>();
    const require = (policy: Policy, what: string): void => {
      const known = satisfied.get(policy);
      const holds = known ?? policy(signers);
      satisfied.set(policy, holds);
      if (!holds) {
        throw new InvalidTransaction(TxCode.ENDORSEMENT_POLICY_FAILURE, `policy of ${what} is not satisfied`);
      }
    };
    for (const { collection, key } of set ? writtenKeys(set) : []) {
      if (changed.has(keyId(namespace, collection, key))) {
        throw new InvalidTransaction(TxCode.ENDORSEMENT_POLICY_FAILURE, `policy of ${key} changed in this block`);
      }
      const own = this.#keyPolicy(namespace, collection, key);
      require(own ??
        this.#collectionPolicy(namespace, collection) ??
        chaincodePolicy, `key ${key} of ${namespace}/${collection}`);
    }
    if (satisfied.size === 0) {
      require(chaincodePolicy, `chaincode ${namespace}`); // a transaction without writes needs it all the same
    }
  }

  /** The committed policy of the key, which stands alone: it may ask for more or for less than the chaincode's. */
  #keyPolicy(namespace: string, collection: string, key: string): Policy | undefined {
    const entry =
      collection === '' ? this.#state.getPublic(namespace, key) : this.#state.getHashed(namespace, collection, key);
    const parameter = validationParameter(entry?.metadata);
    if (!parameter) {
      return undefined;
    }
    try {
      return signaturePolicy(parameter);
    } catch (error) {
      throw new InvalidTransaction(TxCode.ENDORSEMENT_POLICY_FAILURE, `policy of ${key} is unusable: ${String(error)}`);
    }
  }

  #collectionPolicy(namespace: string, collection: string): Policy | undefined {
    try {
      return collection === '' ? undefined : this.collectionPolicy(namespace, collection);
    } catch (error) {
      throw new InvalidTransaction(TxCode.ENDORSEMENT_POLICY_FAILURE, messageOf(error));
    }
  }
}

/** The key-level policy in a key's metadata; an empty one counts as none. */
function validationParameter(metadata: Metadata | undefined): Uint8Array | undefined {
  const parameter = metadata?.get('VALIDATION_PARAMETER');
  return parameter && parameter.length > 0 ? parameter : undefined;
}

function writesAnything(set: NamespaceSet): boolean {
  return writtenKeys(set).length > 0;
}

/** In Fabric's order: public writes, public metadata, then by collection the writes, then the metadata. */
function writtenKeys({ kv, collections }: NamespaceSet): WrittenKey[] {
  const publicKeys = [...kv.getWritesList(), ...kv.getMetadataWritesList()];
  return [
    ...publicKeys.map((write) => ({ collection: '', key: write.getKey() })),
    ...collections.flatMap(({ name, hashed }) =>
      [...hashed.getHashedWritesList(), ...hashed.getMetadataWritesList()].map((write) => ({
        collection: name,
        key: hex(write.getKeyHash_asU8()),
      })),
    ),
  ];
}

function policyChanges(namespace: string, set: NamespaceSet | undefined): string[] {
  if (!set) {
    return [];
  }
  return [
    ...set.kv.getMetadataWritesList().map((write) => keyId(namespace, '', write.getKey())),
    ...set.collections.flatMap(({ name, hashed }) =>
      hashed.getMetadataWritesList().map((write) => keyId(namespace, name, hex(write.getKeyHash_asU8()))),
    ),
  ];
}

function keyId(namespace: string, collection: string, key: string): string {
  return `${collectionId(namespace, collection)}\0${key}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
