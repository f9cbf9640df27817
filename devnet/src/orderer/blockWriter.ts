// Makes blocks: header, hash chain, data, the orderer's signature, and the metadata slots that peers and readers expect.
import { randomBytes } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { sha256 } from '../identity/ecdsa.js';
import type { TxCode } from '../ledger/transaction.js';

/** Signs and names itself, as every node that puts its name under something. */
export interface Signer {
  /** The serialized identity. */
  readonly identity: Uint8Array;
  sign(data: Uint8Array): Uint8Array;
}

const SLOTS = common.BlockMetadataIndex;

/** A block in parts: what is kept of it, so that every envelope is there once. */
export interface WrittenBlock {
  /** The serialized common.BlockHeader. */
  readonly header: Uint8Array;
  /** SHA-256 of the header as the chain hashes it. */
  readonly hash: Buffer;
  readonly envelopes: readonly Uint8Array[];
  /** The serialized common.BlockMetadata. */
  readonly metadata: Uint8Array;
}

/** The block as its readers get it; an empty message where there is none. */
export function assembleBlock(written: WrittenBlock | undefined): common.Block {
  const block = new common.Block();
  if (written) {
    const data = new common.BlockData();
    data.setDataList([...written.envelopes]);
    block.setHeader(common.BlockHeader.deserializeBinary(written.header));
    block.setData(data);
    block.setMetadata(common.BlockMetadata.deserializeBinary(written.metadata));
  }
  return block;
}

export class BlockWriter {
  readonly #signer: Signer;
  #number = 0;
  #previousHash: Uint8Array = new Uint8Array();
  #commitHash: Uint8Array = new Uint8Array();

  constructor(signer: Signer) {
    this.#signer = signer;
  }

  /** The number that the next block will have. */
  get nextNumber(): number {
    return this.#number;
  }

  /** `codes` are the validation codes of the envelopes, in their order; `configBlock` is the last one with a configuration. */
  write(envelopes: readonly Uint8Array[], codes: readonly TxCode[], configBlock: number): WrittenBlock {
    const header = new common.BlockHeader();
    header.setNumber(this.#number);
    header.setPreviousHash(this.#previousHash);
    header.setDataHash(sha256(...envelopes));
    const headerBytes = blockHeaderBytes(header);
    const metadata = this.#metadata(headerBytes, Uint8Array.from(codes), configBlock);
    this.#number += 1;
    const hash = sha256(headerBytes);
    this.#previousHash = hash;
    return { header: header.serializeBinary(), hash, envelopes, metadata: metadata.serializeBinary() };
  }

  #metadata(headerBytes: Uint8Array, flags: Uint8Array, configBlock: number): common.BlockMetadata {
    const lastConfig = new common.LastConfig();
    lastConfig.setIndex(configBlock);
    const slots: Uint8Array[] = [];
    slots[SLOTS.SIGNATURES] = this.#signatures(headerBytes, lastConfig);
    slots[SLOTS.LAST_CONFIG] = metadataOf(lastConfig.serializeBinary());
    slots[SLOTS.TRANSACTIONS_FILTER] = flags;
    slots[SLOTS.ORDERER] = new Uint8Array();
    // Fabric hashes its update batch; chaining the flags keeps the property that peers agree on what was valid.
    this.#commitHash = sha256(Uint8Array.of(flags.length), flags, headerBytes, this.#commitHash);
    slots[SLOTS.COMMIT_HASH] = this.#number === 0 ? new Uint8Array() : metadataOf(this.#commitHash);
    const metadata = new common.BlockMetadata();
    metadata.setMetadataList(slots);
    return metadata;
  }

  #signatures(headerBytes: Uint8Array, lastConfig: common.LastConfig): Uint8Array {
    const content = new common.OrdererBlockMetadata();
    content.setLastConfig(lastConfig);
    content.setConsenterMetadata(metadataOf(new Uint8Array()));
    const value = content.serializeBinary();
    if (this.#number === 0) {
      return metadataOf(value); // nobody signs the genesis block
    }
    const signatureHeader = new common.SignatureHeader();
    signatureHeader.setCreator(this.#signer.identity);
    signatureHeader.setNonce(randomBytes(24));
    const signature = new common.MetadataSignature();
    signature.setSignatureHeader(signatureHeader.serializeBinary());
    signature.setSignature(this.#signer.sign(Buffer.concat([value, signature.getSignatureHeader_asU8(), headerBytes])));
    return metadataOf(value, [signature]);
  }
}

/** The bytes whose SHA-256 chains the blocks: an ASN.1 SEQUENCE of number, previous hash and data hash. */
function blockHeaderBytes(header: common.BlockHeader): Buffer {
  const number = header.getNumber().toString(16);
  const digits = Buffer.from(number.padStart(number.length + (number.length % 2), '0'), 'hex');
  const positive = (digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  const body = Buffer.concat([
    asn1(0x02, positive),
    asn1(0x04, header.getPreviousHash_asU8()),
    asn1(0x04, header.getDataHash_asU8()),
  ]);
  return asn1(0x30, body);
}

/** Lengths here stay below 128: two hashes and a number. */
function asn1(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag, content.length), content]);
}

function metadataOf(value: Uint8Array, signatures: common.MetadataSignature[] = []): Uint8Array {
  const metadata = new common.Metadata();
  metadata.setValue(value);
  metadata.setSignaturesList(signatures);
  return metadata.serializeBinary();
}
