#!/usr/bin/env node
/**
 * `npm run network -- up|deploy|status|logs|env|close-books|down` and `npm run fabric:install`.
 * Exit codes: 0 done, 1 the network refused or failed, 2 wrong usage.
 */
import { Argument, Command, CommanderError, Option } from 'commander';
import * as actions from './commands/actions.js';
import type { Outcome } from './commands/outcome.js';
import { STEPS, type StepName } from './commands/closeBooksOptions.js';
import { ENVIRONMENT_FORMATS } from './commands/environment.js';
import { toPlainError } from './control/protocol.js';
import { UsageError } from './driver.js';
import { TOPOLOGIES } from './topology.js';

const FAILED = 1;
const WRONG_USAGE = 2;

interface OutputOptions {
  readonly json?: boolean;
}

const write = (line: string): unknown => process.stdout.write(`${line}\n`);

/** Progress is for people; with --json the result is all that is printed. */
const progress =
  ({ json }: OutputOptions): actions.Progress =>
  (line) => {
    if (json !== true) write(line);
  };

/** Runs an action and prints its result, or its error on stderr. */
async function run(options: OutputOptions, action: () => Promise<Outcome>): Promise<void> {
  try {
    const { data, text } = await action();
    write(options.json === true ? JSON.stringify(data, null, 2) : text);
  } catch (cause) {
    const error = toPlainError(cause);
    const text = options.json === true ? JSON.stringify({ error: { code: 'NETWORK', ...error } }) : error.message;
    process.stderr.write(`${text}\n`);
    process.exitCode = cause instanceof UsageError ? WRONG_USAGE : FAILED;
  }
}

const json = (): Option => new Option('--json', 'print the result as JSON');

/** A command with the options that all commands on a network share. */
const onNetwork = (command: Command): Command =>
  command
    .addOption(
      new Option('--topology <name>', 'which network (default: the one that runs; `up`: five-org)').choices(
        Object.keys(TOPOLOGIES),
      ),
    )
    .option('--data <folder>', 'data folder (default: .tenor/<topology>)')
    .addOption(json());

function addNetworkCommands(program: Command): void {
  onNetwork(program.command('up'))
    .description('bring a network up in the background')
    .addOption(new Option('--network <engine>', 'what it runs on').choices(['devnet', 'fabric']).default('devnet'))
    .option('--fabric-bin <folder>', "folder with Fabric's commands")
    .action((options: Parameters<typeof actions.up>[0] & OutputOptions) =>
      run(options, () => actions.up(options, progress(options))),
    );
  onNetwork(program.command('deploy'))
    .description('deploy a built chaincode folder for all organisations')
    .option('--name <name>', 'name on the channel', 'tenor')
    .option('--path <folder>', "chaincode folder (default: this project's)")
    .action((options: Parameters<typeof actions.deploy>[0] & OutputOptions) =>
      run(options, () => actions.deploy(options)),
    );
  onNetwork(program.command('status'))
    .description('show the processes of a network, and whether its books are closed')
    .action((options: Parameters<typeof actions.status>[0] & OutputOptions) =>
      run(options, () => actions.status(options)),
    );
  onNetwork(program.command('logs'))
    .description('show the end of a log, or where the logs are')
    .argument('[process]', 'name as shown by `status`')
    .action((process: string | undefined, options: Parameters<typeof actions.logs>[1] & OutputOptions) =>
      run(options, () => actions.logs(process, options)),
    );
  onNetwork(program.command('env'))
    .description('print variables for other programs')
    .argument('<organization>', 'short name as `up` shows it, for example bank')
    .addHelpText(
      'after',
      '\nFor example:\n  eval "$(npm run --silent network -- env bank --user Checker --format peer)"',
    )
    .option('--user <user>', 'who acts', 'User1')
    .option('--name <name>', 'chaincode name', 'tenor')
    .addOption(
      new Option('--format <format>', 'for which programs')
        .choices(Object.keys(ENVIRONMENT_FORMATS))
        .default('samples'),
    )
    .action((organization: string, options: Parameters<typeof actions.env>[1] & OutputOptions) =>
      run(options, () => actions.env(organization, options)),
    );
  onNetwork(program.command('down'))
    .description('stop a network; its data folder stays')
    .option('--clean', 'remove the data folder too')
    .action((options: Parameters<typeof actions.down>[0] & OutputOptions) => run(options, () => actions.down(options)));
}

function addCloseBooksCommand(program: Command): void {
  onNetwork(program.command('close-books'))
    .description(
      "close the channel's books: all at once on the network that runs here, or with a step as one administrator of any channel",
    )
    .addArgument(new Argument('[step]', 'what this administrator does').choices(STEPS))
    .option('--file <path>', 'the update with its signatures', 'close-books.pb')
    .option('--channel <name>', 'channel (default: $CHANNEL_NAME)')
    .option('--peer <address>', "host:port of the organisation's own peer (default: $CORE_PEER_ADDRESS)")
    .option('--peer-host <name>', "TLS server name of the peer (default: the address's host)")
    .option('--peer-ca <file>', 'TLS root of the peer (default: $CORE_PEER_TLS_ROOTCERT_FILE)')
    .option('--msp-id <id>', "the administrator's organisation (default: $CORE_PEER_LOCALMSPID)")
    .option('--msp <folder>', "the administrator's MSP folder (default: $CORE_PEER_MSPCONFIGPATH)")
    .option('--orderer <address>', 'host:port of an ordering node (default: as the channel names it)')
    .option('--orderer-host <name>', 'TLS server name of that node')
    .option('--orderer-ca <file>', 'TLS root of that node')
    .action((step: StepName | undefined, options: Parameters<typeof actions.closeBooks>[1] & OutputOptions) =>
      run(options, () => actions.closeBooks(step, options)),
    );
}

function addInstallCommand(program: Command): void {
  program
    .command('fabric-install')
    .description("fetch Fabric's official release into the cache, checksum verified")
    .option('--release <version>', 'another release than the one tested with')
    .option('--url <base>', 'folder of releases, for a mirror (default: $TENOR_FABRIC_URL, else GitHub)')
    .option('--sha256 <digest>', 'expected checksum (default: $TENOR_FABRIC_SHA256, else as published)')
    .option('--target <folder>', 'where to install (default: the cache)')
    .addOption(json())
    .action((options: Parameters<typeof actions.fabricInstall>[0] & OutputOptions) =>
      run(options, () => actions.fabricInstall(options, progress(options))),
    );
}

/** How a network is used from its start to its end. `seed` is a command of npm, and none of this program, which knows nothing of what is traded. */
const EXAMPLES = `
For example:
  npm run network -- up --topology three-org        start devnet, an embedded network
  npm run network -- deploy                         put the chaincode on it
  eval "$(npm run --silent network -- seed)"        found the registry, and leave a free slice
  npm run network -- env bank --format peer         variables for the peer command
  npm run network -- logs                           where the logs are
  npm run network -- down --clean`;

/** The whole command line. */
export function createProgram(): Command {
  // exitOverride is inherited by commands that are added after it.
  const program = new Command('network').description('Fabric networks from one typed topology').exitOverride();
  addNetworkCommands(program);
  addCloseBooksCommand(program);
  addInstallCommand(program);
  program.addHelpText('after', EXAMPLES);
  return program;
}

/** Parses arguments (without `node` and script) and runs; sets the exit code. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    process.exitCode = cause.exitCode === 0 ? 0 : WRONG_USAGE;
  }
}

if (require.main === module) void main(process.argv.slice(2));
