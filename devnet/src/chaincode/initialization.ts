// Chaincodes whose definition wants an Init first: a key of their own says for which version it was done.
import { peer } from '@hyperledger/fabric-protos';
import { definitionIn } from '../ledger/definition.js';
import type { ChaincodeCall } from './call.js';

const INITIALIZED = '\u0000\u{10FFFF}initialized';

/** Whether this call is the Init. Throws with the peer's text when it is one that is not due, or none although one is. */
export function checkInit({ chaincode, input, simulator }: ChaincodeCall): boolean {
  const definition = definitionIn(simulator.state, chaincode);
  const version = Buffer.from(definition?.version ?? '');
  const required = definition?.initRequired === true;
  const due = required && !version.equals(simulator.getState(chaincode, INITIALIZED) ?? new Uint8Array());
  const isInit = peer.ChaincodeInput.deserializeBinary(input).getIsInit();
  if (isInit !== due) {
    throw new Error(
      `chaincode '${chaincode}' ${due ? 'has not been initialized for this version, must call as init first' : untimely(required)}`,
    );
  }
  if (isInit) {
    simulator.setState(chaincode, INITIALIZED, version);
  }
  return isInit;
}

function untimely(required: boolean): string {
  return `${required ? 'is already initialized' : 'does not require initialization'} but called as init`;
}
