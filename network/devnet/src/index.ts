// An embedded Fabric network: see `startDevnet` for one with servers, `openEngine` for one without.
import { ServingDevnet, type Devnet } from './devnet.js';
import { LocalEngine, type Engine } from './engine.js';
import type { DevnetOptions, EngineOptions } from './options.js';

export type { ChaincodeLink } from './chaincode/link.js';
export type { Devnet } from './devnet.js';
export type { Engine } from './engine.js';
export type {
  BatchOptions,
  ChaincodeDefinitionOptions,
  DeployOptions,
  DevnetOptions,
  DevnetOrganization,
  EngineOptions,
  EngineOrganization,
  InProcessDeployOptions,
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
  const devnet = new ServingDevnet(options);
  await devnet.start();
  return devnet;
}
