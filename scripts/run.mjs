/**
 * Runs the commands of package.json for people and CI. It installs what a command needs (once for each state of the lock files), builds, and runs it.
 * Plain Node, because it runs before anything is installed.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interruptedCode, runChild } from './child.mjs';
import { levelOf } from './packages.mjs';
import { runTests } from './test.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const MIN_NODE = [20, 19];

const child = (command, args, options = {}) => runChild(command, args, { cwd: ROOT, stdio: 'inherit', ...options });

/** Runs a program from the root, on our own streams. */
const run = async (...call) => (await child(...call)).code;

/** Ends everything when a program that all the rest needs has failed or was stopped. */
function goOnAfter({ code, interrupted }) {
  if (interrupted !== undefined) process.exit(interruptedCode(interrupted));
  if (code !== 0) process.exit(code);
}

/** Runs a program that all the rest needs. */
const must = async (...call) => goOnAfter(await child(...call));

/** How a program ends that had nothing to do. */
const NOTHING_TO_DO = { code: 0 };

/** A folder's packages are installed when its marker names this lock file, at this level or a larger one. @returns how npm ended */
async function install(folder, needed, ...options) {
  const level = levelOf(join(ROOT, folder), needed);
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, folder, 'package-lock.json')))
    .digest('hex');
  const marker = join(ROOT, folder, 'node_modules', '.tenor-installed');
  const installed = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
  if (installed === `${lock} all` || installed === `${lock} ${level}`) return NOTHING_TO_DO;
  process.stderr.write(`installing ${folder === '.' ? 'packages' : folder} ...\n`);
  const omit = level === 'all' ? [] : ['--omit=dev'];
  const ended = await child(NPM, ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...omit, ...options], {
    cwd: join(ROOT, folder),
    stdio: ['ignore', 2, 2],
  });
  if (ended.code === 0 && ended.interrupted === undefined) writeFileSync(marker, `${lock} ${level}`);
  return ended;
}

/** Installs and builds. The chaincode is a package of its own and needs its compiler either way. */
async function prepare(level) {
  // Both are waited for, whatever becomes of one: nothing is left behind that still installs.
  for (const ended of await Promise.all([install('.', level), install('chaincode', 'all')])) goOnAfter(ended);
  await must(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { stdio: ['ignore', 2, 2] });
}

const program =
  (level, ...script) =>
  async (args) => {
    await prepare(level);
    return run(process.execPath, [...script, ...args]);
  };

const asksHelp = (word) => word === '--help' || word === '-h';

const network = program('run', 'network/dist/cli.js');
/** The one command on a network that knows what is traded on it: it is no part of the network package. */
const seed = program('run', 'examples/dist/ansteel-rio-tinto/seed.js');

/** The example programs, each in a folder of its name. */
const EXAMPLES = ['reconciliation', 'discount', 'pvp', 'netting', 'maturity'];

const COMMANDS = {
  demo: program('run', 'examples/dist/ansteel-rio-tinto/run.js'),
  ...Object.fromEntries(EXAMPLES.map((name) => [name, program('run', `examples/dist/${name}/run.js`)])),
  network: (args) => (args[0] === 'seed' ? seed(args.slice(1)) : network(args)),
  devnet: program('run', 'devnet/bin/tenor-devnet.cjs'),
  'fabric:install': program('run', 'network/dist/cli.js', 'fabric-install'),
  bench: program('all', 'bench/dist/bench/src/main.js'),
  'bench:caliper': async (args) => {
    await prepare('all');
    if (!args.some(asksHelp)) goOnAfter(await install('caliper/runner', 'run', '--ignore-scripts'));
    return run(process.execPath, ['caliper/dist/main.js', ...args]);
  },
  docs: program('all', 'scripts/docs.mjs'),
  conformance: async (args) => {
    await prepare('all');
    await must(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'test/conformance'], {
      stdio: ['ignore', 2, 2],
    });
    return run(process.execPath, ['test/conformance/dist/main.js', ...args]);
  },
  golden: async () => {
    await prepare('all');
    const env = { ...process.env, TENOR_GOLDEN: 'keep' };
    const jest = [
      'node_modules/jest/bin/jest.js',
      'test/unit/ledger/(golden|footprints)',
      '-t',
      'golden shapes|golden footprints|codes and classes',
      '--selectProjects',
      'unit',
    ];
    return run(process.execPath, jest, { env });
  },
  build: async () => {
    await prepare('all');
    return 0;
  },
  test: async (args) => {
    await prepare('all');
    return runTests(args);
  },
  'test:fabric': async (args) => {
    await prepare('all');
    return runTests(['--fabric', ...args]);
  },
};

/** How the commands are called that are no program with a help of its own. */
const USAGES = {
  test: `npm test -- [NAME...] [options of jest]

  Runs all layers that this machine can run; with names, the tests whose path holds one of them. For example:
  npm test -- slice/split
  npm test -- documents -t "an invoice without number"`,
  'test:fabric': `npm run test:fabric -- [NAME...] [options of jest]

  Runs the layer on real Fabric alone, which must be installed (npm run fabric:install).`,
  build: `npm run build

  Installs what is missing, and compiles all packages.`,
  docs: `npm run docs [-- --check]

  Writes docs/API.md, and the tables of other pages that follow from the sources.
  --check   writes nothing, and ends with 1 where a page is stale`,
  golden: `npm run golden

  Records the golden files of records, events and footprints, and the classes of codes, that are not there. Delete the stale ones first.`,
};

const USAGE = `npm run NAME -- [options], where NAME is one of
${Object.keys(COMMANDS)
  .map((each) => `  ${each}`)
  .join('\n')}

npm run NAME -- --help says how each of them is called.`;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
  console.error(`Node ${MIN_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exit(2);
}
const [name = '', ...args] = process.argv.slice(2);
const command = COMMANDS[name];
if (command === undefined) {
  if (!asksHelp(name)) console.error(name === '' ? 'Say which command.' : `There is no command ${name}.`);
  console.error(USAGE);
  process.exit(asksHelp(name) ? 0 : 2);
}
if (USAGES[name] !== undefined && args.some(asksHelp)) {
  console.log(USAGES[name]);
  process.exit(0);
}
if ((name === 'build' || name === 'golden') && args.length > 0) {
  console.error(`npm run ${name} takes no arguments.\n\n${USAGES[name]}`);
  process.exit(2);
}
process.exit(await command(args));
