// What the command line says.
import { parseArgs } from 'node:util';

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
}

export const USAGE = `Usage: tenor-devnet [options]

A Hyperledger Fabric network in this process: two organisations, channel mychannel. Its ledger ends with it.

  --layout free-ports|fabric-samples
                        fabric-samples: ports 7051, 9051 and 7050, as the samples' test network has them
  --directory <path>    where identities are, or are made (default: tenor-devnet)
  --chaincode <name>=<command>
                        starts a chaincode server for each organisation, by CHAINCODE_SERVER_ADDRESS and CHAINCODE_ID
  --chaincode-address <name>[@<MSP id>]=<host:port>
                        uses a chaincode server that runs; it registers as <name>
  --help
`;

/** Throws with what is wrong. */
export function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      layout: { type: 'string', default: 'free-ports' },
      directory: { type: 'string', default: 'tenor-devnet' },
      chaincode: { type: 'string', multiple: true, default: [] },
      'chaincode-address': { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const { layout } = values;
  if (layout !== 'free-ports' && layout !== 'fabric-samples') {
    throw new Error(`there is no layout ${layout}: it is free-ports or fabric-samples`);
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
  };
}

function halves(option: string, text: string): [string, string] {
  const [, name, rest] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) {
    throw new Error(`${option} ${text}: a name, "=", and what it is are wanted`);
  }
  return [name, rest];
}
