// The bytes under which a certificate of an organisation signs (msp.SerializedIdentity), read as Go's protobuf reads them.
import { isUtf8 } from 'node:buffer';
import { msp } from '@hyperledger/fabric-protos';

export interface SerializedIdentity {
  readonly mspId: string;
  readonly idBytes: Uint8Array;
}

const WIRE = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;
const FIELD = { mspId: 1, idBytes: 2 } as const;
/** Greatest field number: of a message's own fields, and of those inside a group that is skipped. */
const NUMBER_MAX = 2n ** 29n - 1n;
const NUMBER_MAX_IN_GROUP = 2n ** 31n - 1n;
const VARINT_BYTES_MAX = 10;
const VARINT_LIMIT = 2n ** 64n;

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
    return read(new Wire(Buffer.from(bytes)));
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

/** Protobuf's wire format. All methods throw a RangeError where Go finds fault. */
class Wire {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  get isDone(): boolean {
    return this.#at >= this.#data.length;
  }

  tag(numberMax: bigint): { readonly number: bigint; readonly type: number } {
    const tag = this.#varint();
    const number = tag >> 3n;
    if (number < 1n || number > numberMax) {
      throw new RangeError('no field has that number');
    }
    return { number, type: Number(tag & 7n) };
  }

  bytes(): Buffer {
    const length = this.#varint();
    if (length > BigInt(this.#data.length - this.#at)) {
      throw new RangeError('a field runs past its end');
    }
    return this.#take(Number(length));
  }

  text(): string {
    const bytes = this.bytes();
    if (!isUtf8(bytes)) {
      throw new RangeError('no text');
    }
    return bytes.toString('utf8');
  }

  skip(number: bigint, type: number): void {
    switch (type) {
      case WIRE.varint:
        this.#varint();
        return;
      case WIRE.fixed64:
        this.#take(8);
        return;
      case WIRE.bytes:
        this.bytes();
        return;
      case WIRE.startGroup:
        this.#skipGroup(number);
        return;
      case WIRE.fixed32:
        this.#take(4);
        return;
      default:
        throw new RangeError('no such type, or the end of a group that did not begin');
    }
  }

  #skipGroup(number: bigint): void {
    for (;;) {
      const inner = this.tag(NUMBER_MAX_IN_GROUP);
      if (inner.type !== WIRE.endGroup) {
        this.skip(inner.number, inner.type);
      } else if (inner.number === number) {
        return;
      } else {
        throw new RangeError('the end of another group');
      }
    }
  }

  #varint(): bigint {
    let value = 0n;
    for (let index = 0; index < VARINT_BYTES_MAX; index++) {
      const byte = this.#take(1).readUInt8(0);
      value |= BigInt(byte & 0x7f) << BigInt(7 * index);
      if (byte < 0x80) {
        if (value >= VARINT_LIMIT) {
          break;
        }
        return value;
      }
    }
    throw new RangeError('a number of more than 64 bits');
  }

  #take(size: number): Buffer {
    if (this.#data.length - this.#at < size) {
      throw new RangeError('the message ends too early');
    }
    this.#at += size;
    return this.#data.subarray(this.#at - size, this.#at);
  }
}
