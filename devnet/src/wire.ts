// Protobuf's wire format as Go reads it. The reader of google-protobuf forgives some of what Go does not.
import { isUtf8 } from 'node:buffer';

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;
/** Greatest field number: of a message's own fields, and of those inside a group that is skipped. */
export const NUMBER_MAX = 2n ** 29n - 1n;
const NUMBER_MAX_IN_GROUP = 2n ** 31n - 1n;
const VARINT_BYTES_MAX = 10;
const VARINT_LIMIT = 2n ** 64n;

/** Protobuf's wire format. All methods throw a RangeError where Go finds fault. */
export class Wire {
  readonly #data: Buffer;
  #at = 0;

  constructor(data: Uint8Array) {
    this.#data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
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

/** Whether the bytes are a row of fields, whatever the fields hold. */
export function isRowOfFields(bytes: Uint8Array): boolean {
  const wire = new Wire(bytes);
  try {
    while (!wire.isDone) {
      const { number, type } = wire.tag(NUMBER_MAX);
      wire.skip(number, type);
    }
    return true;
  } catch (error) {
    if (error instanceof RangeError) {
      return false;
    }
    throw error;
  }
}
