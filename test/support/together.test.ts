/**
 * All test files of a layer as one. Each file by itself loads more than a thousand modules of its own and starts with cold code, which costs
 * more than most tests do. `npm test` runs the layers that are listed in `jest.config.cjs` in this way; a file that is asked for by name runs alone.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, jest } from '@jest/globals';

/** The folders of the layer, from the project's configuration. */
declare const TOGETHER: readonly string[];

for (const folder of TOGETHER) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  for (const name of files.sort())
    describe(name, () => {
      jest.requireActual(path.join(folder, name));
    });
}
