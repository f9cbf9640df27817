/** Finding Fabric's commands on this machine. */
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { NetworkError } from '../../driver.js';
import type { FabricInstallation } from '../../plan.js';

/** The release that this project is written for and tested with. */
export const FABRIC_VERSION = '3.1.5';

const COMMANDS = ['peer', 'orderer', 'osnadmin', 'configtxgen'] as const;
const CONFIGS = ['core.yaml', 'orderer.yaml'] as const;

/** Where `npm run fabric:install` puts a release. */
export const fabricCachePath = (version: string = FABRIC_VERSION): string =>
  join(homedir(), '.cache', 'tenor', 'fabric', version);

const can = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    // Not there or not for us: either way not an answer.
    return false;
  }
};

const hasCommands = (bin: string): boolean => COMMANDS.every((name) => can(join(bin, name), constants.X_OK));
const hasConfig = (config: string): boolean => CONFIGS.every((name) => can(join(config, name), constants.R_OK));

function installationAt(bin: string): FabricInstallation | undefined {
  if (!hasCommands(bin)) return undefined;
  const fromEnvironment = process.env['FABRIC_CFG_PATH'];
  const candidates = [join(bin, '..', 'config'), ...(fromEnvironment === undefined ? [] : [fromEnvironment])];
  const config = candidates.find(hasConfig);
  return config === undefined ? undefined : { bin, config };
}

/** Folders to look into, in order. A folder that was named is the only one. */
function folders(named: string | undefined): readonly string[] {
  const wanted = named ?? process.env['FABRIC_BIN'];
  if (wanted !== undefined && wanted !== '') return [wanted];
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [join(fabricCachePath(), 'bin'), ...path];
}

/**
 * Fabric's commands with their released configuration (`../config` beside them, or $FABRIC_CFG_PATH), or undefined.
 * @param named folder to look into; left out: $FABRIC_BIN alone when set, else the cache, else PATH
 */
export function findFabric(named?: string): FabricInstallation | undefined {
  for (const bin of folders(named)) {
    const found = installationAt(bin);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As `findFabric`. @throws NetworkError that says where was looked and how to install */
export function requireFabric(named?: string): FabricInstallation {
  const found = findFabric(named);
  if (found !== undefined) return found;
  const wanted = named ?? process.env['FABRIC_BIN'];
  const where =
    wanted === undefined || wanted === ''
      ? `not in $FABRIC_BIN (unset), ${join(fabricCachePath(), 'bin')} or PATH`
      : `not in ${wanted}, or no core.yaml and orderer.yaml in ../config beside it or in $FABRIC_CFG_PATH`;
  throw new NetworkError(
    `Hyperledger Fabric's commands (${COMMANDS.join(', ')}) were not found: ${where}. ` +
      `Run \`npm run fabric:install\` to get version ${FABRIC_VERSION}, or set FABRIC_BIN.`,
  );
}
