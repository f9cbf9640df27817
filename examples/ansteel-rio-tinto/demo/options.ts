/** The demo's command line. */
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** How the demo is called. */
export const USAGE = `npm run demo -- [--network devnet|fabric] [--keep] [--json] [--deal FOLDER] [--picture FILE]

  --network   devnet (default): embedded, nothing to install; fabric: real Fabric processes (npm run fabric:install)
  --keep      leave the network running until Ctrl-C, with a free slice and a program that splits it
  --json      one JSON document on standard output
  --deal      folder with another deal.json and its files
  --picture   where the picture of the deal goes (default: .tenor/deal.svg)
  -h, --help  this text

  npm run demo -- --keep                                            play, and go on by hand
  npm run --silent demo -- --json > result.json                     for programs
  npm run demo -- --deal ../our-deal --picture ../our-deal/deal.svg
  examples/ansteel-rio-tinto/README.md says how a deal of your own is written.`;

/** The deal that the demo plays unless told otherwise. The program runs from examples/dist/ansteel-rio-tinto; the deal lies beside its source. */
export const OWN_DEAL = resolve(__dirname, '../../../ansteel-rio-tinto');

const OPTIONS = {
  network: { type: 'string', default: 'devnet' },
  keep: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  deal: { type: 'string', default: OWN_DEAL },
  picture: { type: 'string', default: '.tenor/deal.svg' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** What to run. */
export interface Options {
  readonly network: 'devnet' | 'fabric';
  readonly keep: boolean;
  readonly json: boolean;
  readonly deal: string;
  /** File for the picture of the deal, as a whole path. */
  readonly picture: string;
  readonly help: boolean;
}

/** The command was called in a way that does not exist. The message ends with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(problem: string, cause?: unknown) {
    super(`${problem}\n\n${USAGE}`, cause === undefined ? undefined : { cause });
  }
}

/** Reads the options. @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  try {
    const { network, picture, ...others } = parseArgs({ args: [...args], options: OPTIONS }).values;
    if (network === 'devnet' || network === 'fabric') return { network, picture: resolve(picture), ...others };
    throw new TypeError(`--network takes devnet or fabric, not ${network}.`);
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
