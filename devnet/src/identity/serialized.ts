// The bytes under which a certificate of an organisation signs (msp.SerializedIdentity), read as Go's protobuf reads them.
import { msp } from '@hyperledger/fabric-protos';
import { NUMBER_MAX, Wire, WIRE } from '../wire.js';

export interface SerializedIdentity {
  readonly mspId: string;
  readonly idBytes: Uint8Array;
}

const FIELD = { mspId: 1, idBytes: 2 } as const;

/** The bytes of an identity. */
export function serializeIdentity(mspId: string, certPem: string): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certPem));
  return identity.serializeBinary();
}

/**
 * Undefined when the bytes are no such message. The reader of google-protobuf is not asked: it stops at the end of a group that
 * never began, cuts numbers down to 32 bits, and takes text that is not UTF-8.
 */
export function readSerialized(bytes: Uint8Array): SerializedIdentity | undefined {
  try {
    return read(new Wire(bytes));
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined; // refused by the caller, as an identity of no known organisation
    }
    throw error;
  }
}

function read(wire: Wire): SerializedIdentity {
  let mspId = '';
  let idBytes: Uint8Array = new Uint8Array();
  while (!wire.isDone) {
    const { number, type } = wire.tag(NUMBER_MAX);
    if (number === BigInt(FIELD.mspId) && type === WIRE.bytes) {
      mspId = wire.text();
    } else if (number === BigInt(FIELD.idBytes) && type === WIRE.bytes) {
      idBytes = wire.bytes();
    } else {
      wire.skip(number, type); // a field that Go does not know, or a known number with a type of another
    }
  }
  return { mspId, idBytes };
}
