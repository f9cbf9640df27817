// Runs a chaincode through fabric-shim's own handler and stub over a link in memory, as if a peer had dialled it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ChaincodeLink } from 'tenor-devnet';

/** The part of the shim's stub that this file touches; a chaincode types its own. */
export interface ShimStub {
  getMspID(): string;
}

/** A raw chaincode. `status` and the rest are as fabric-shim's ChaincodeResponse. */
export interface RawChaincode {
  Init(stub: never): Promise<unknown>;
  Invoke(stub: never): Promise<unknown>;
}

interface ShimStream {
  on(event: 'data' | 'end' | 'error', handler: (value: unknown) => void): void;
  write(message: { serializeBinary(): Uint8Array }): void;
  end(): void;
}

interface ShimHandler {
  chat(register: unknown): void;
}

interface ShimMessage {
  setType(type: number): void;
  setPayload(bytes: Uint8Array): void;
}

interface ShimProtos {
  readonly peer: {
    readonly ChaincodeMessage: {
      new (): ShimMessage;
      readonly Type: { readonly REGISTER: number };
      deserializeBinary(bytes: Uint8Array): unknown;
    };
    readonly ChaincodeID: new () => { setName(name: string): void; serializeBinary(): Uint8Array };
  };
}

// The shim belongs to the chaincode's own package and brings its own protos: only bytes pass between the two worlds.
const chaincodeRequire = createRequire(join(__dirname, '../../chaincode/package.json'));
const { ChaincodeMessageHandler } = chaincodeRequire('fabric-shim/lib/handler.js') as {
  readonly ChaincodeMessageHandler: new (stream: ShimStream, chaincode: RawChaincode) => ShimHandler;
};
// The shim formats each debug line before it drops it, which would be most of the cost of a call; and an error that a
// test provokes is in the response.
const { getLogger } = chaincodeRequire('fabric-shim/lib/logger.js') as {
  readonly getLogger: (name: string) => object;
};
for (const name of ['lib/handler.js', 'lib/stub.js', 'lib/iterators.js', 'lib/chaincode.js']) {
  Object.assign(getLogger(name), { debug: () => undefined, info: () => undefined, error: () => undefined });
}
const protos = (chaincodeRequire('@hyperledger/fabric-protos') as ShimProtos).peer;

/**
 * A link to a chaincode that registers as `packageId`. Messages are delivered in order, each in a microtask of its own.
 * The shim learns its organisation from the environment of its process; here it is told.
 */
export function linkToChaincode(packageId: string, mspId: string, chaincode: RawChaincode): ChaincodeLink {
  let toPeer: (bytes: Uint8Array) => void = () => undefined;
  let closed: () => void = () => undefined;
  let toChaincode: (message: unknown) => void = () => undefined;
  let isOpen = true;
  const stream: ShimStream = {
    on: (event, handler) => {
      if (event === 'data') {
        toChaincode = handler;
      }
    },
    write: (message) => {
      const bytes = message.serializeBinary();
      queueMicrotask(() => {
        if (isOpen) {
          toPeer(bytes);
        }
      });
    },
    end: () => {
      isOpen = false;
      closed();
    },
  };
  const start = (): void => {
    const id = new protos.ChaincodeID();
    id.setName(packageId);
    const register = new protos.ChaincodeMessage();
    register.setType(protos.ChaincodeMessage.Type.REGISTER);
    register.setPayload(id.serializeBinary());
    new ChaincodeMessageHandler(stream, ofOrganisation(mspId, chaincode)).chat(register);
  };
  return {
    send: (bytes) => {
      queueMicrotask(() => {
        if (isOpen) {
          toChaincode(protos.ChaincodeMessage.deserializeBinary(bytes));
        }
      });
    },
    onMessage: (handler) => {
      toPeer = handler;
      queueMicrotask(start);
    },
    onClose: (handler) => {
      closed = handler;
    },
    close: () => {
      isOpen = false;
    },
  };
}

function ofOrganisation(mspId: string, chaincode: RawChaincode): RawChaincode {
  const known = (stub: ShimStub): never => Object.assign(stub, { getMspID: () => mspId }) as never;
  return {
    Init: (stub) => chaincode.Init(known(stub)),
    Invoke: (stub) => chaincode.Invoke(known(stub)),
  };
}
