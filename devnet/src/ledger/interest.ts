// What a simulation needs endorsed, as the endorsing peer tells the gateway: chaincodes, collections, key policies.
import { common, peer } from '@hyperledger/fabric-protos';

export interface TouchedNamespace {
  written: boolean;
  /** Collections, "" being the public part, in which a key without a policy of its own was written. */
  readonly unguarded: Set<string>;
  readonly privateReads: Set<string>;
  /** Serialized SignaturePolicyEnvelopes of the written keys that have one. */
  readonly keyPolicies: Uint8Array[];
}

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(['_lifecycle', 'lscc', 'cscc', 'qscc', '']);

/** One call per namespace's public part and one per collection, each with the policies it asks for. */
export function buildInterest(touched: ReadonlyMap<string, TouchedNamespace>): peer.ChaincodeInterest {
  const interest = new peer.ChaincodeInterest();
  interest.setChaincodesList(
    [...touched]
      .filter(([namespace]) => !SYSTEM_NAMESPACES.has(namespace))
      .flatMap(([namespace, content]) => [...publicCall(namespace, content), ...collectionCalls(namespace, content)]),
  );
  return interest;
}

function publicCall(namespace: string, content: TouchedNamespace): peer.ChaincodeCall[] {
  const required = content.unguarded.has('') || !content.written;
  if (!required && content.keyPolicies.length === 0) {
    return [];
  }
  const call = new peer.ChaincodeCall();
  call.setName(namespace);
  call.setKeyPoliciesList(content.keyPolicies.map(readPolicy));
  call.setDisregardNamespacePolicy(!required);
  return [call];
}

function readPolicy(bytes: Uint8Array): common.SignaturePolicyEnvelope {
  try {
    return common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  } catch (error) {
    const text = 'error unmarshalling SignaturePolicyEnvelope: proto:\u00a0cannot parse invalid wire-format data';
    throw new Error(text, { cause: error });
  }
}

function collectionCalls(namespace: string, content: TouchedNamespace): peer.ChaincodeCall[] {
  const collections = new Set([...content.unguarded, ...content.privateReads]);
  collections.delete('');
  return [...collections].map((collection) => {
    const call = new peer.ChaincodeCall();
    call.setName(namespace);
    call.setCollectionNamesList([collection]);
    call.setNoPrivateReads(!content.privateReads.has(collection));
    return call;
  });
}
