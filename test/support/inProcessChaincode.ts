// Runs a chaincode through fabric-shim's own handler and stub over a link in memory, as if a peer had dialled it.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { common, gateway, msp, orderer, peer } from '@hyperledger/fabric-protos';
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

// The shim belongs to the chaincode's own package and brings its own, older protos: only bytes pass between the worlds.
const chaincodeRequire = createRequire(join(__dirname, '../../chaincode/package.json'));
const { ChaincodeMessageHandler, getLogger, protos } = keepingGlobalProtos(() => ({
  ...(chaincodeRequire('fabric-shim/lib/handler.js') as {
    readonly ChaincodeMessageHandler: new (stream: ShimStream, chaincode: RawChaincode) => ShimHandler;
  }),
  ...(chaincodeRequire('fabric-shim/lib/logger.js') as { readonly getLogger: (name: string) => object }),
  protos: (chaincodeRequire('@hyperledger/fabric-protos') as ShimProtos).peer,
}));
// The shim formats each line before it drops it, which would be most of the cost of a call; and an error that a test
// provokes is in the response.
const LOGGERS = [
  ...['lib/handler.js', 'lib/stub.js', 'lib/iterators.js', 'lib/chaincode.js'],
  ...['contracts-spi/chaincodefromcontract.js', 'contracts-spi/datamarshall.js'],
];
for (const name of LOGGERS) {
  Object.assign(getLogger(name), { debug: () => undefined, info: () => undefined, error: () => undefined });
}

/**
 * Generated protos put their classes under a global `proto` and look nested ones up there, so the copy that is loaded
 * last would serve both. The newer copy can do all that the older one can: its classes are put back after. Its own exports
 * say which they are, because the older copy may have come first, with a module of the chaincode that a suite imports.
 */
function keepingGlobalProtos<T>(load: () => T): T {
  const newer: Readonly<Record<string, object>> = { common, gateway, msp, orderer, protos: peer };
  const loaded = load();
  const { proto = {} } = globalThis as { readonly proto?: Readonly<Record<string, object>> };
  for (const [name, content] of Object.entries(newer)) Object.assign(proto[name] ?? {}, classesOf(content));
  return loaded;
}

function classesOf(content: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => typeof value === 'function'));
}

/**
 * A link to a chaincode that registers as `packageId`. Messages are delivered in order, each in a microtask of its own.
 * The shim learns its organisation from the environment of its process; here it is told.
 */
export function linkToChaincode(packageId: string, mspId: string, chaincode: RawChaincode): ChaincodeLink {
  let toPeer: (bytes: Uint8Array) => void = () => undefined;
  let closed: () => void = () => undefined;
  const listeners: ((message: unknown) => void)[] = [];
  let isOpen = true;
  const stream: ShimStream = {
    on: (event, handler) => {
      if (event === 'data') {
        listeners.push(handler);
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
          const message = protos.ChaincodeMessage.deserializeBinary(bytes);
          for (const listener of listeners) listener(message);
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

/** The line of a peer that says nothing of batches when a chaincode registers, as before release 3.1. */
export function withoutOffers(link: ChaincodeLink): ChaincodeLink {
  const send = (bytes: Uint8Array): void => {
    const message = peer.ChaincodeMessage.deserializeBinary(bytes);
    if (message.getType() === peer.ChaincodeMessage.Type.READY) message.setPayload(new Uint8Array());
    link.send(message.serializeBinary());
  };
  return { ...link, send };
}

function ofOrganisation(mspId: string, chaincode: RawChaincode): RawChaincode {
  const known = (stub: ShimStub): never => Object.assign(stub, { getMspID: () => mspId }) as never;
  return {
    Init: (stub) => chaincode.Init(known(stub)),
    Invoke: (stub) => chaincode.Invoke(known(stub)),
  };
}
