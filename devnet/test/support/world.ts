// A network in this process with the script chaincode on it, and what tests do with it.
import { createPrivateKey, sign } from 'node:crypto';
import { connect, hash, type Contract, type Gateway, type ProposalOptions } from '@hyperledger/fabric-gateway';
import { openEngine, type BatchOptions, type Engine, type EngineOptions } from 'tenor-devnet';
import { linkToChaincode } from '../../../test/support/inProcessChaincode.js';
import {
  createOrganization,
  hostOf,
  type TestIdentity,
  type TestOrganization,
} from '../../../test/support/testIdentities.js';
import { scriptChaincode, type Step } from './scriptChaincode.js';

export const CHANNEL = 'test-channel';
export const CHAINCODE = 'script';
export const ORG1 = 'Org1MSP';
export const ORG2 = 'Org2MSP';
export const ORG3 = 'Org3MSP';
export const AT_ONCE: BatchOptions = { timeoutMs: 0, maxMessageCount: 500, preferredMaxBytes: 2 * 1024 * 1024 };

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

let cached: Promise<readonly TestOrganization[]> | undefined;

/** Organisations are made once: their keys are no part of what is tested. */
export function organizations(): Promise<readonly TestOrganization[]> {
  cached ??= Promise.all([ORG1, ORG2, ORG3, 'OrdererMSP'].map(createOrganization));
  return cached;
}

export interface World {
  readonly engine: Engine;
  readonly orgs: readonly TestOrganization[];
  /** A contract of the SDK, through the peer of `mspId`, signed by its user or by the given identity. */
  contract(mspId: string, as?: TestIdentity): Contract;
  gateway(mspId: string, as?: TestIdentity): Gateway;
  close(): Promise<void>;
}

export async function engineOptions(overrides: Partial<EngineOptions> = {}): Promise<EngineOptions> {
  const all = await organizations();
  const orderer = all[3];
  if (!orderer) {
    throw new Error('no orderer');
  }
  return {
    channel: CHANNEL,
    batch: AT_ONCE,
    organizations: all.slice(0, 3).map(({ mspId, peer: { certPem, keyPem }, authority }) => ({
      mspId,
      hostAlias: hostOf(mspId),
      signCertPem: certPem,
      signKeyPem: keyPem,
      msp: { rootCertsPem: [authority.rootPem] },
    })),
    orderer: {
      mspId: orderer.mspId,
      signCertPem: orderer.peer.certPem,
      signKeyPem: orderer.peer.keyPem,
      rootCertsPem: [orderer.authority.rootPem],
    },
    ...overrides,
  };
}

/** How the script chaincode is defined. */
interface Deployment {
  readonly policy?: Uint8Array;
  readonly hosts?: readonly string[];
  readonly collections?: Uint8Array;
  readonly initRequired?: boolean;
}

/** Three organisations, and the script chaincode under the given policy (a majority of the peers when absent). */
export async function openWorld(options: Partial<EngineOptions> & Deployment = {}): Promise<World> {
  const { policy, hosts, collections, initRequired, ...overrides } = options;
  const orgs = await organizations();
  const engine = await openEngine(await engineOptions(overrides));
  await engine.deployInProcess({
    name: CHAINCODE,
    ...(policy ? { endorsementPolicy: policy } : {}),
    ...(hosts ? { hosts } : {}),
    ...(collections ? { collections } : {}),
    ...(initRequired === undefined ? {} : { initRequired }),
    connect: (mspId) => linkToChaincode(CHAINCODE, mspId, scriptChaincode),
  });
  const gateways: Gateway[] = [];
  const gateway = (mspId: string, as?: TestIdentity): Gateway => {
    const opened = connectAs(engine, mspId, as ?? userOf(orgs, mspId));
    gateways.push(opened);
    return opened;
  };
  return {
    engine,
    orgs,
    gateway,
    contract: (mspId, as) => gateway(mspId, as).getNetwork(CHANNEL).getContract(CHAINCODE),
    close: async () => {
      gateways.forEach((opened) => {
        opened.close();
      });
      await engine.close();
    },
  };
}

export function userOf(orgs: readonly TestOrganization[], mspId: string): TestIdentity {
  return organizationOf(orgs, mspId).user;
}

export function organizationOf(orgs: readonly TestOrganization[], mspId: string): TestOrganization {
  const found = orgs.find((org) => org.mspId === mspId);
  if (!found) {
    throw new Error(`no organisation ${mspId}`);
  }
  return found;
}

function connectAs(engine: Engine, mspId: string, identity: TestIdentity): Gateway {
  return connect({
    client: engine.inProcessClient(mspId),
    identity: { mspId: identity.mspId, credentials: Buffer.from(identity.certPem) },
    hash: hash.none,
    signer: signerOf(identity),
  });
}

/** Signs with SHA-256 and a low S, as the SDK's own signer does, only faster. */
export function signerOf({ keyPem }: TestIdentity): (message: Uint8Array) => Promise<Uint8Array> {
  const key = createPrivateKey(keyPem);
  return (message) => Promise.resolve(toDer(lowS(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }))));
}

/** The same signature with the other S, which is as right to mathematics and wrong to Fabric. */
export function highSignerOf({ keyPem }: TestIdentity): (message: Uint8Array) => Promise<Uint8Array> {
  const key = createPrivateKey(keyPem);
  return (message) => {
    const low = lowS(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }));
    return Promise.resolve(toDer({ r: low.r, s: ORDER - low.s }));
  };
}

function lowS(raw: Buffer): { r: bigint; s: bigint } {
  const r = BigInt(`0x${raw.subarray(0, 32).toString('hex')}`);
  const s = BigInt(`0x${raw.subarray(32).toString('hex')}`);
  return { r, s: s > ORDER / 2n ? ORDER - s : s };
}

function toDer({ r, s }: { r: bigint; s: bigint }): Uint8Array {
  const integer = (value: bigint): Buffer => {
    const hex = value.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    const positive = (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
    return Buffer.concat([Buffer.of(2, positive.length), positive]);
  };
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** Runs the steps without writing anything. */
export async function evaluate(
  contract: Contract,
  steps: readonly Step[],
  options: ProposalOptions = {},
): Promise<unknown[]> {
  const result = await contract.evaluate('run', { ...options, arguments: [JSON.stringify(steps)] });
  return JSON.parse(Buffer.from(result).toString()) as unknown[];
}

/** Runs the steps as a transaction and waits until it is valid. Throws CommitError when it is not. */
export async function submit(
  contract: Contract,
  steps: readonly Step[],
  options: ProposalOptions = {},
): Promise<unknown[]> {
  const result = await contract.submit('run', { ...options, arguments: [JSON.stringify(steps)] });
  return JSON.parse(Buffer.from(result).toString()) as unknown[];
}

/** The name of an organisation's implicit collection. */
export function bookOf(mspId: string): string {
  return `_implicit_org_${mspId}`;
}
