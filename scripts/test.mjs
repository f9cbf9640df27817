/** Runs the test layers, with those on real Fabric if its commands are found, and ends with one line that counts them all. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interruptedCode, runChild } from './child.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Takes as long on Fabric as all other suites there. */
const FIVE = '/network/fiveOrganizations';
/**
 * What runs, the longest first, and how many cores each keeps busy where it runs alone. On Fabric each half is a run of its own; where
 * somebody asks for tests by name, these are looked for in both at once.
 */
const RUNS = [
  { layer: 'network', name: 'network (five organisations)', half: `--testPathPatterns=${FIVE}`, cores: 1.2 },
  { layer: 'contract', cores: 1 },
  { layer: 'gateway', cores: 1.1 },
  { layer: 'network', half: `--testPathIgnorePatterns=${FIVE}`, cores: 0.8 },
  { layer: 'network-unit', cores: 0.5 },
  { layer: 'conformance', cores: 0.9 },
  { layer: 'unit', cores: 1.1 },
  { layer: 'house', cores: 1.5 },
  { layer: 'consumer', cores: 1 },
  { layer: 'property', cores: 1 },
  { layer: 'devnet', cores: 1 },
];
/** How much runs side by side. Two cores are busy with it: real peers wait for blocks and disks, which others use. */
const TOGETHER = { fabric: 3.5, devnet: 2.2 };
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

/** Runs jest on a layer, or on a part of it, file after file, and returns its counts. */
async function jest({ layer, name = layer, half }, args, folder, quiet = false) {
  const report = join(folder, `${name}.json`);
  const all = [
    fileURLToPath(import.meta.resolve('jest/bin/jest')),
    ...['--selectProjects', layer, '--runInBand', ...(half === undefined ? [] : [half])],
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
  if (killed) console.error(`${name}: a test left something running, and jest did not end: it was stopped.`);
  if (interrupted !== undefined) throw new Interrupted(interrupted);
  if (!existsSync(report)) {
    console.error(`${name}: jest ended before it ran a test. What it says stands above.`);
    return { passed: 0, failed: 1, pending: 0 };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  // A suite that cannot even load has no failing test of its own: it counts as one.
  const failed = numFailedTests === 0 ? numFailedTestSuites : numFailedTests;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed, pending: numPendingTests };
}

/** Runs all side by side, each as soon as it fits beside those that run. When one cannot run, no other one is begun. */
async function sideBySide(runs, capacity, run) {
  const left = [...runs];
  const running = new Map();
  const free = () => capacity - [...running.keys()].reduce((sum, { cores }) => sum + cores, 0);
  const failures = [];
  while (left.length > 0 || running.size > 0) {
    const next = left.find(({ cores }) => running.size === 0 || cores <= free() + 0.01);
    if (next === undefined) {
      await Promise.race(running.values());
      continue;
    }
    left.splice(left.indexOf(next), 1);
    const ended = run(next).catch((error) => {
      left.length = 0;
      failures.push(error);
    });
    running.set(
      next,
      ended.finally(() => running.delete(next)),
    );
  }
  if (failures.length > 0) throw failures[0];
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
    const possible = RUNS.filter(({ layer }) => (layer === ON_FABRIC ? hasFabric : !onlyFabric));
    const layers = new Set(possible.map(({ layer }) => layer));
    const runs = rest.length === 0 ? possible : [...layers].map((layer) => ({ layer, cores: 1 }));
    await sideBySide(runs, hasFabric ? TOGETHER.fabric : TOGETHER.devnet, async (each) => {
      const begun = performance.now();
      add(await jest(each, rest, folder));
      console.error(`${each.name ?? each.layer} took ${Math.round((performance.now() - begun) / 1000)} s`);
    });
    if (!hasFabric) {
      // A name that no test has: every case is registered, none runs, and they can be counted.
      const { pending } = await jest({ layer: ON_FABRIC }, ['--testNamePattern=^\\b$'], folder, true);
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
