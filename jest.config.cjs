/** What lies elsewhere than in the layer's folder: the tables of commands are unit tests, and devnet has its tests beside it. */
const MATCHES = {
  unit: ['<rootDir>/test/unit/**/*.test.ts', '<rootDir>/test/commands/**/*.test.ts'],
  devnet: ['<rootDir>/devnet/test/**/*.test.ts'],
};

const { join } = require('node:path');

/** Layers of many small files, which run as one where all of them are asked for (test/support/together.test.ts). */
const TOGETHER = {
  unit: ['test/unit', 'test/commands'],
  property: ['test/property'],
  contract: ['test/contract'],
  devnet: ['devnet/test'],
};
const asOne = process.env.TENOR_TESTS_TOGETHER === 'yes';

/** One project a layer. A suite that is asked for by name fails when it cannot run; nothing skips in silence. */
const layer = (name, testTimeout) => ({
  displayName: name,
  id: 'tenor', // one cache of compiled files for all layers
  ...(asOne && TOGETHER[name] !== undefined
    ? {
        testMatch: ['<rootDir>/test/support/together.test.ts'],
        globals: { TOGETHER: TOGETHER[name].map((folder) => join(__dirname, folder)) },
      }
    : { testMatch: MATCHES[name] ?? [`<rootDir>/test/${name}/**/*.test.ts`] }),
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  setupFiles: ['<rootDir>/test/support/setup.cjs'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@tenor/bench$': '<rootDir>/bench/src/index.ts',
    '^@tenor/client$': '<rootDir>/client/src/index.ts',
    '^@tenor/network$': '<rootDir>/network/src/index.ts',
    '^tenor-devnet$': '<rootDir>/devnet/src/index.ts',
  },
  transform: { '^.+\\.ts$': '<rootDir>/test/support/transform.cjs' },
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
