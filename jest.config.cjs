const { join } = require('node:path');

/** What lies elsewhere than in the layer's folder: the tables of commands are unit tests, and devnet has its tests beside it. */
const FOLDERS = { unit: ['test/unit', 'test/commands'], devnet: ['devnet/test'] };
/** Layers of many small files, which run as one where all of them are asked for (test/support/together.test.ts). */
const SMALL = ['unit', 'property', 'contract', 'devnet'];
/** Only takes the types off: the house layer checks them. */
const SWC = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
  sourceMaps: true,
  swcrc: false,
};
const asOne = process.env.TENOR_TESTS_TOGETHER === 'yes';

/** Where a layer's tests are found. */
function testsOf(name) {
  const folders = FOLDERS[name] ?? [`test/${name}`];
  if (!asOne || !SMALL.includes(name)) return { testMatch: folders.map((each) => `<rootDir>/${each}/**/*.test.ts`) };
  const globals = { TOGETHER: folders.map((each) => join(__dirname, each)) };
  return { testMatch: ['<rootDir>/test/support/together.test.ts'], globals };
}

/** One project a layer. A suite that is asked for by name fails when it cannot run; nothing skips in silence. */
const layer = (name) => ({
  displayName: name,
  id: 'tenor', // one cache of compiled files for all layers
  ...testsOf(name),
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  setupFiles: ['<rootDir>/test/support/setup.cjs'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@tenor/bench$': '<rootDir>/bench/src/index.ts',
    '^@tenor/client$': '<rootDir>/client/src/index.ts',
    '^@tenor/network$': '<rootDir>/network/src/index.ts',
    '^tenor-devnet$': '<rootDir>/devnet/src/index.ts',
  },
  transform: { '^.+\\.ts$': ['@swc/jest', SWC] },
});

module.exports = {
  projects: [
    'unit',
    'property',
    'contract',
    'devnet',
    'conformance',
    'network-unit',
    'gateway',
    'network',
    'consumer',
    'house',
  ].map((name) => layer(name)),
  globalSetup: '<rootDir>/test/support/beginRun.cjs',
  globalTeardown: '<rootDir>/test/support/endRun.cjs',
  testTimeout: 120_000,
};
