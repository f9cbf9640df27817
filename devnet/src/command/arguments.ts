// What the command line says.
import { parseArgs } from 'node:util';
import { messageOf } from '../messageOf.js';

/** A chaincode that is started here, once for every organisation. */
export interface ChaincodeProgram {
  readonly name: string;
  /** For a shell. */
  readonly command: string;
}

/** A chaincode that runs already. */
export interface ChaincodeServer {
  readonly name: string;
  /** The one organisation that it runs for; all when absent. */
  readonly mspId?: string;
  readonly address: string;
}

export interface Arguments {
  readonly layout: 'free-ports' | 'fabric-samples';
  readonly directory: string;
  readonly programs: readonly ChaincodeProgram[];
  readonly servers: readonly ChaincodeServer[];
  /** Names of chaincodes that somebody starts by hand, and that dial the peers. */
  readonly dialling: readonly string[];
}

export const USAGE = `Usage: tenor-devnet [options]

A Hyperledger Fabric network in this process: two organisations, channel mychannel. Its ledger is lost when it ends.

  --layout free-ports|fabric-samples
                        fabric-samples: ports 7051, 9051, 7050, 7052 and 9052, as the samples' test network has them
  --directory <path>    where identities are, or are made (default: tenor-devnet)
  --chaincode <name>=<command>
                        starts a chaincode for each organisation: one that serves at CHAINCODE_SERVER_ADDRESS as CHAINCODE_ID,
                        or one that dials its peer at CORE_PEER_ADDRESS as CORE_CHAINCODE_ID_NAME
  --chaincode-address <name>[@<MSP id>]=<host:port>
                        uses a chaincode server that runs already; it must register as <name>
  --chaincode-dials <name>
                        a chaincode that you start yourself, and that dials each peer at the address that is printed, as <name>
  --help

Exit codes: 0 done or interrupted, 1 the network failed, 2 wrong usage.
`;

/** The command line is wrong. The message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = {
  layout: { type: 'string', default: 'free-ports' },
  directory: { type: 'string', default: 'tenor-devnet' },
  chaincode: { type: 'string', multiple: true, default: [] as string[] },
  'chaincode-address': { type: 'string', multiple: true, default: [] as string[] },
  'chaincode-dials': { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const;

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'] {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (cause) {
    throw new UsageError(messageOf(cause), { cause });
  }
}

/** @throws UsageError */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const values = parse(args);
  const { layout } = values;
  if (layout !== 'free-ports' && layout !== 'fabric-samples') {
    throw new UsageError(`there is no layout ${layout}; use free-ports or fabric-samples`);
  }
  if (values.help) {
    return 'help';
  }
  return {
    layout,
    directory: values.directory,
    programs: values.chaincode.map((text) => {
      const [name, command] = halves('--chaincode', text);
      return { name, command };
    }),
    servers: values['chaincode-address'].map((text) => {
      const [target, address] = halves('--chaincode-address', text);
      const [name = '', mspId] = target.split('@');
      return mspId === undefined ? { name, address } : { name, mspId, address };
    }),
    dialling: values['chaincode-dials'],
  };
}

function halves(option: string, text: string): [string, string] {
  const [, name, rest] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) {
    throw new UsageError(`${option} ${text}: give a name, then "=", then the value`);
  }
  return [name, rest];
}
