/** Real blocks through devnet's own committer: it has to give the same flags, and to change the same keys in the same way. */
import { isDeepStrictEqual } from 'node:util';
import { common, msp } from '@hyperledger/fabric-protos';
import { createChannel } from 'tenor-devnet/dist/channel.js';
import { Chain } from 'tenor-devnet/dist/ledger/chain.js';
import type { EngineOptions } from 'tenor-devnet/dist/options.js';
import { BlockWriter } from 'tenor-devnet/dist/orderer/blockWriter.js';
import type { Difference } from '../support/expected.js';
import { EMPTY } from '../support/messages.js';
import { commitHash } from './commitHash.js';
import { readBlocks, type RealBlock } from './fixture.js';

/** What one block was given, by Fabric or by devnet. */
export interface Verdict {
  /** A byte a transaction, in hexadecimal. */
  readonly flags: string;
  readonly commitHash: string;
}

/** One block and both verdicts. */
export interface Replayed {
  readonly number: number;
  readonly fabric: Verdict;
  readonly devnet: Verdict;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

type Group = common.ConfigGroup;

const groupOf = (group: Group | undefined, name: string): Group | undefined => group?.getGroupsMap().get(name);

function mspsIn(group: Group | undefined): msp.FabricMSPConfig[] {
  return [...(group?.getGroupsMap().entries() ?? [])].map(([, organization]) => {
    const value = organization.getValuesMap().get('MSP')?.getValue_asU8() ?? EMPTY;
    return msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
  });
}

const pem = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

/** The channel as its first block says it. Nobody signs anything here. */
function optionsOf(genesis: common.Envelope): EngineOptions {
  const payload = common.Payload.deserializeBinary(genesis.getPayload_asU8());
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()?.getChannelHeader_asU8() ?? EMPTY);
  const root = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig()?.getChannelGroup();
  const node = { signKeyPem: '', signCertPem: '' };
  const organizations = mspsIn(groupOf(root, 'Application')).map((each) => ({
    ...node,
    mspId: each.getName(),
    hostAlias: each.getName(),
    msp: { rootCertsPem: each.getRootCertsList_asU8().map(pem) },
  }));
  const [orderer] = mspsIn(groupOf(root, 'Orderer')).map((each) => ({
    ...node,
    mspId: each.getName(),
    rootCertsPem: each.getRootCertsList_asU8().map(pem),
  }));
  if (orderer === undefined) throw new Error('The first block names no orderer.');
  const batch = { timeoutMs: 0, maxMessageCount: 1, preferredMaxBytes: 1 };
  return { channel: header.getChannelId(), batch, organizations, orderer };
}

function chainFrom({ envelopes: [bytes = EMPTY] }: RealBlock): Chain {
  const genesis = common.Envelope.deserializeBinary(bytes);
  const writer = new BlockWriter({ identity: EMPTY, sign: () => EMPTY });
  return new Chain(createChannel(optionsOf(genesis)), writer, genesis);
}

/** Recorded blocks of which devnet thinks otherwise. */
export const blockDifferences = (): Difference[] =>
  replay()
    .map(({ number, fabric, devnet }) => ({
      id: `block ${String(number)}`,
      expected: { ...fabric },
      got: { ...devnet },
    }))
    .filter(({ expected, got }) => !isDeepStrictEqual(expected, got));

/** Every recorded block after the first. */
export function replay(): Replayed[] {
  const [first, ...rest] = readBlocks();
  if (first === undefined) throw new Error('No blocks are recorded.');
  const chain = chainFrom(first);
  let previous: Uint8Array = EMPTY;
  return rest.map(({ number, envelopes, ...fabric }) => {
    const { transactions, updates } = chain.append(envelopes);
    const flags = Uint8Array.from(transactions.map(({ code }) => code));
    previous = commitHash({ flags, updates, previous });
    return {
      number,
      fabric: { flags: hex(fabric.flags), commitHash: hex(fabric.commitHash) },
      devnet: { flags: hex(flags), commitHash: hex(previous) },
    };
  });
}
