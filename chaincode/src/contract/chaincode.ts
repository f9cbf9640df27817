/**
 * The chaincode as the shim runs it. Fabric's contract API is left out on purpose (docs/decisions/0002): it validates nothing that
 * the schemas do not, and costs four times the CPU of the raw shim.
 */
import { Shim, type ChaincodeInterface, type ChaincodeResponse, type ChaincodeStub } from 'fabric-shim';
import { encodeError, TenorError } from '../protocol/errors.js';
import { describe } from './metadata.js';
import { run } from './run.js';

/** All three contracts behind one door: `contract:verb` with one JSON argument. */
export class TenorChaincode implements ChaincodeInterface {
  /** Nothing to initialise: the registry is bootstrapped by a transaction. */
  Init(): Promise<ChaincodeResponse> {
    return Promise.resolve(Shim.success());
  }

  /** Answers canonical JSON, or a refusal in the message. */
  async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    try {
      const { fcn, params } = stub.getFunctionAndParameters();
      if (fcn === 'org.hyperledger.fabric:GetMetadata') return Shim.success(Buffer.from(describe()));
      return Shim.success(Buffer.from(await run(stub, fcn, params)));
    } catch (error) {
      return refusal(error, stub.getTxID());
    }
  }
}

/** The shim's only channel for a refusal is the message; it has to be a text that carries all. */
function refusal(error: unknown, transactionId: string): ChaincodeResponse {
  if (error instanceof TenorError) return Shim.error(encodeError(error));
  // The cause stays in this organisation's own log, and without values: our invariants name none.
  console.error(
    `transaction ${transactionId}: ${error instanceof Error ? (error.stack ?? error.message) : 'not an error'}`,
  );
  return Shim.error(encodeError(new TenorError('INTERNAL')));
}
