// An embedded Fabric network: see `startDevnet` for one with servers, `openEngine` for one without.
import { ServingDevnet, type Devnet } from './devnet.js';
import { freePort } from './grpcServer.js';
import { LocalEngine, type Engine } from './engine.js';
import type { DevnetOptions, EngineOptions } from './options.js';

export type { ChaincodeLink } from './chaincode/link.js';
export { collectionsFromJson } from './collectionsFile.js';
export type { Devnet } from './devnet.js';
export { createIdentities, type IdentityFile, type IdentityPlan } from './identities/folders.js';
export { readOrderer, readOrganization, type OrganizationFolder } from './identities/read.js';
export type { Engine } from './engine.js';
export type { RecordedBlock, RecordedSet } from './recording.js';
export { signaturePolicyFromText } from './identity/policyLanguage.js';
export { collectEarly } from './memory.js';
export { PEER_STEPS } from './peer/faults.js';
export type { PeerFaults, PeerStep } from './peer/faults.js';
export type {
  BatchOptions,
  ChaincodeDefinitionOptions,
  ChaincodeListenerOptions,
  DeployOptions,
  DevnetOptions,
  DevnetOrganization,
  EngineOptions,
  EngineOrderer,
  EngineOrganization,
  InProcessDeployOptions,
  MspOptions,
} from './options.js';

/** Opens a network inside this process, without servers. Throws when an identity cannot be read. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const engine = new LocalEngine(options);
  await engine.start();
  return engine;
}

/**
 * Starts a network whose peers listen on localhost. Throws when an identity cannot be read or a port is taken; then
 * nothing is left running.
 */
export async function startDevnet(options: DevnetOptions): Promise<Devnet> {
  const devnet = new ServingDevnet({ ...options, orderer: await withEndpoint(options.orderer) });
  await devnet.start();
  return devnet;
}

/** The channel's configuration names the orderer's port, and so it is chosen before anything starts. */
async function withEndpoint(orderer: DevnetOptions['orderer']): Promise<DevnetOptions['orderer']> {
  if (orderer.tlsCertPem === undefined) {
    return orderer;
  }
  const port = orderer.port ?? (await freePort());
  return { ...orderer, port, endpoint: orderer.endpoint ?? `localhost:${String(port)}` };
}
