/** From a chaincode folder to the command that starts it as a server. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NetworkError, type ChaincodeSource } from '../driver.js';

const SERVER_SCRIPT = 'start:server-nontls';

/** The chaincode of this project. */
export const projectChaincodePath = (): string => resolve(__dirname, '../../../chaincode');

function hasServerScript(folder: string): boolean {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return false;
  const { scripts = {} } = JSON.parse(readFileSync(path, 'utf8')) as { scripts?: Record<string, string> };
  return scripts[SERVER_SCRIPT] !== undefined;
}

/**
 * A built chaincode folder as a source: `node dist/main.js server`, or, where there is no such file, the npm script that
 * the samples have for chaincode as a service.
 * @throws NetworkError when the folder has neither
 */
export function chaincodeSource(name: string, folder: string): ChaincodeSource {
  const cwd = resolve(folder);
  if (existsSync(join(cwd, 'dist', 'main.js'))) {
    return { name, command: process.execPath, args: ['dist/main.js', 'server'], cwd };
  }
  if (!hasServerScript(cwd) || cwd === projectChaincodePath()) {
    throw new NetworkError(
      `${cwd} holds no chaincode that can be started. It has neither dist/main.js (build it with \`npm run build\`) ` +
        `nor an npm script ${SERVER_SCRIPT}.`,
    );
  }
  return { name, command: 'npm', args: ['run', '--silent', SERVER_SCRIPT], cwd };
}
