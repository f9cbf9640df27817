/** Which packages of a folder are installed: those that a command needs, or all that development takes. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Where somebody develops, who has all packages, none of them is taken away by a command that needs fewer.
 * @param folder absolute path of a folder with a package.json
 * @param needed `all`, or another name of the level that the command needs
 */
export function levelOf(folder, needed) {
  const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const names = Object.keys(devDependencies);
  const hasAll = names.length > 0 && names.every((name) => existsSync(join(folder, 'node_modules', name)));
  return hasAll ? 'all' : needed;
}
