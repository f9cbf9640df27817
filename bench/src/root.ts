/** Where the checkout begins: compiled files lie deeper in it than their sources. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function rootAbove(folder: string): string {
  return existsSync(join(folder, 'caliper')) ? folder : rootAbove(dirname(folder));
}

/** The folder of the checkout. */
export const ROOT = rootAbove(__dirname);
