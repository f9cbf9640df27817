/** Runs the test layers, with those on real Fabric if its commands are found, and ends with one line that counts them all. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interruptedCode, runChild } from './child.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Longest first, so that the lanes end at about the same time. */
const EVERYWHERE = [
  'contract',
  'gateway',
  'house',
  'conformance',
  'property',
  'devnet',
  'unit',
  'network-unit',
  'consumer',
];
const ON_FABRIC = 'network';
/** How long jest may take to end once its report is written. Something that a test left running would keep it for ever. */
const GRACE_MS = 30_000;

/** Somebody stopped the run: what was counted so far says nothing. */
class Interrupted extends Error {
  constructor(signal) {
    super(`Interrupted by ${signal}: not all tests have run, and those that were running are stopped.`);
    this.code = interruptedCode(signal);
  }
}

/** Whether the report was written longer ago than jest may take to end. */
function isOverdue(report) {
  const written = statSync(report, { throwIfNoEntry: false });
  return written !== undefined && Date.now() - written.mtimeMs > GRACE_MS;
}

/** Runs jest on a layer, file after file, and returns its counts. */
async function jest(project, args, folder, quiet = false) {
  const report = join(folder, `${project}.json`);
  const all = [
    fileURLToPath(import.meta.resolve('jest/bin/jest')),
    ...['--selectProjects', project, '--runInBand'],
    '--json',
    `--outputFile=${report}`,
    '--passWithNoTests',
    '--verbose=false', // a layer that runs as one file would print every test by name
    ...args,
  ];
  // A group of its own: jest does not tell its workers, nor they what their tests have started.
  const { code, interrupted, killed } = await runChild(process.execPath, all, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit'],
    env: { ...process.env, TENOR_TESTS_TOGETHER: args.length === 0 ? 'yes' : 'no' },
    group: true,
    overdue: () => isOverdue(report),
  });
  if (killed) console.error(`${project}: a test left something running, and jest did not end: it was stopped.`);
  if (interrupted !== undefined) throw new Interrupted(interrupted);
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A suite that cannot even load has no failing test of its own: it counts as one.
  const failed = numFailedTests === 0 ? numFailedTestSuites : numFailedTests;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, pending: numPendingTests };
}

/**
 * Runs layers side by side, in as many lanes: whoever is through with one takes the next. When a layer cannot run, no other one is
 * begun.
 */
async function inLanes(lanes, layers, run) {
  const left = [...layers];
  const lane = async () => {
    try {
      for (let layer = left.shift(); layer !== undefined; layer = left.shift()) await run(layer);
    } finally {
      left.length = 0;
    }
  };
  const failed = (await Promise.allSettled(Array.from({ length: lanes }, lane))).find(
    ({ status }) => status === 'rejected',
  );
  if (failed !== undefined) throw failed.reason;
}

/** All layers that this machine can run; with `--fabric`, those on real Fabric, which then must be there. */
export async function runTests(args) {
  const { findFabric } = createRequire(import.meta.url)(join(ROOT, 'network/dist/index.js'));
  const onlyFabric = args.includes('--fabric');
  const rest = args.filter((arg) => arg !== '--fabric');
  const hasFabric = findFabric() !== undefined;
  if (onlyFabric && !hasFabric) {
    console.error(
      "Fabric's commands were not found in $FABRIC_BIN, ~/.cache/tenor/fabric/3.1.5/bin or PATH. Get them: npm run fabric:install",
    );
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tenor-test-'));
  process.env.TENOR_TEST_RUN = folder; // what test/support/remembered.ts keeps, for all layers
  const totals = { passed: 0, failed: 0, pending: 0 };
  const add = (counts) => Object.keys(totals).forEach((key) => (totals[key] += counts[key]));
  try {
    const layers = [...(hasFabric ? [ON_FABRIC] : []), ...(onlyFabric ? [] : EVERYWHERE)];
    // Two fill the two cores of a small machine. Real peers wait for blocks and disks much of their time, which a third one uses.
    await inLanes(hasFabric ? 3 : 2, layers, async (layer) => {
      const begun = performance.now();
      add(await jest(layer, rest, folder));
      console.error(`${layer} took ${Math.round((performance.now() - begun) / 1000)} s`);
    });
    if (!hasFabric) {
      // A name that no test has: every case is registered, none runs, and they can be counted.
      const { pending } = await jest(ON_FABRIC, ['--testNamePattern=^\\b$'], folder, true);
      console.error(
        `${pending} cases on real Fabric were left out: its commands were not found. Get them: npm run fabric:install`,
      );
      totals.pending += pending;
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    console.error(error.message);
    return error.code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const skipped = totals.pending > 0 ? `, ${totals.pending} skipped` : '';
  console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}
