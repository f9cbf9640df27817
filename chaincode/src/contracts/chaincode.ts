/**
 * The chaincode: the contracts, dispatched by fabric-contract-api. The API is told each transaction's name and no schema of the
 * argument, because it would compile the schema again for each call (docs/decisions/0016). Our own schemas parse the argument.
 */
import { createRequire } from 'node:module';
import { JSONSerializer } from 'fabric-contract-api';
import { Shim, type ChaincodeInterface, type ChaincodeResponse, type ChaincodeStub } from 'fabric-shim';
import { identityOf } from '../ledger/identity.js';
import { commands } from '../protocol/commands/index.js';
import { decodeError, encodeError, TenorError } from '../protocol/errors.js';
import { CERTIFICATE } from './certificate.js';
import { refusal, type ContractClass } from './contract.js';
import { describe } from './metadata.js';
import { REGISTRY } from './registry.js';
import { isName } from './run.js';
import { SETTLEMENT } from './settlement.js';

/** All contracts, as `fabric-chaincode-node start` takes them too. */
export const contracts: readonly ContractClass[] = [...REGISTRY, ...CERTIFICATE, ...SETTLEMENT];

/** The contract API's dispatcher. fabric-shim's types leave it out. */
type Dispatcher = new (
  classes: ContractClass[],
  serializers: object,
  metadata: object,
  title: string,
  version: string,
) => ChaincodeInterface & {
  readonly contractImplementations: Readonly<Record<string, { readonly contractInstance: SystemContract }>>;
};

interface SystemContract {
  _setMetadata(metadata: unknown): void;
}

const SYSTEM = 'org.hyperledger.fabric';
/** Status from which on a response is a refusal. */
const REFUSED = 400;
const METADATA = `${SYSTEM}:GetMetadata`;

const ChaincodeFromContract = createRequire(__filename)(
  'fabric-shim/lib/contract-spi/chaincodefromcontract.js',
) as Dispatcher;

const SERIALIZERS = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };

/** Names of contracts and transactions. The API needs nothing else to dispatch a call. */
function names(): object {
  const entries = Object.entries({ ...commands, [SYSTEM]: { GetMetadata: undefined } });
  const described = entries.map(([name, verbs]) => {
    const transactions = Object.keys(verbs).map((verb) => ({ name: verb }));
    return [name, { name, transactions }];
  });
  return { contracts: Object.fromEntries(described) as object };
}

/** Refuses two things before the contract API sees the call: a caller that can be read in two ways, and an unknown name. */
function refusedAtTheDoor(stub: ChaincodeStub): TenorError | undefined {
  const { mspid, idBytes } = stub.getCreator();
  try {
    identityOf(mspid, idBytes);
  } catch (error) {
    if (error instanceof TenorError) return error;
    throw error;
  }
  const name = stub.getFunctionAndParameters().fcn;
  return isName(name) || name === METADATA ? undefined : new TenorError('FUNCTION_UNKNOWN');
}

/** The contracts as one chaincode. Answers canonical JSON, or a refusal in the message. */
export class TenorChaincode extends ChaincodeFromContract {
  constructor() {
    super([...contracts], SERIALIZERS, names(), 'tenor', '0.1.0');
    // The metadata is kept as text, because the API would build it again for every query.
    this.contractImplementations[SYSTEM]?.contractInstance._setMetadata(JSON.stringify(describe()));
  }

  /** Nothing to initialise: the registry is bootstrapped by a transaction. */
  override Init(): Promise<ChaincodeResponse> {
    return Promise.resolve(Shim.success());
  }

  /** Adds a code to refusals of the contract API, which have only a text. */
  override async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const refused = refusedAtTheDoor(stub);
    if (refused !== undefined) return Shim.error(encodeError(refused));
    const response = await super.Invoke(stub);
    const message: string | undefined = response.message;
    const isCoded = response.status < REFUSED || decodeError(message ?? '') !== undefined;
    return isCoded ? response : Shim.error(refusal(new Error(message), stub.getTxID()).message);
  }
}
