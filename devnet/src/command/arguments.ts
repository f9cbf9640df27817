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

/** What a definition states beyond the name; what is left out is Fabric's default. */
export interface ChaincodeTerms {
  /** In the policy language. */
  readonly signaturePolicy?: string;
  /** Path of a collections file. */
  readonly collectionsFile?: string;
  /** It must be initialised, by a call of this function that devnet makes, or by somebody else when there is none. */
  readonly init?: { readonly function?: string };
}

export interface Arguments {
  readonly layout: 'free-ports' | 'fabric-samples';
  readonly directory: string;
  readonly programs: readonly ChaincodeProgram[];
  readonly servers: readonly ChaincodeServer[];
  /** Names of chaincodes that somebody starts by hand, and that dial the peers. */
  readonly dialling: readonly string[];
  /** By chaincode name. */
  readonly terms: ReadonlyMap<string, ChaincodeTerms>;
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
  --signature-policy <name>=<policy>
                        the chaincode's endorsement policy, as AND('Org1MSP.peer','Org2MSP.peer')
                        (default: the channel's, a majority of the organisations)
  --collections-config <name>=<file>
                        its collections, in a JSON file as the samples have it
  --init-required <name>[=<function>]
                        it must be initialised; with a function, devnet calls it for that
  -h, --help            this text

For example, and docs/devnet.md has more:
  tenor-devnet --chaincode 'basic=node server.js'
  tenor-devnet --layout fabric-samples --directory ../fabric-samples/test-network --chaincode-dials basic

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
  'signature-policy': { type: 'string', multiple: true, default: [] as string[] },
  'collections-config': { type: 'string', multiple: true, default: [] as string[] },
  'init-required': { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', short: 'h', default: false },
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
  const programs = values.chaincode.map((text) => {
    const [name, command] = halves('--chaincode', text);
    return { name, command };
  });
  const servers = values['chaincode-address'].map((text) => {
    const [target, address] = halves('--chaincode-address', text);
    const [name = '', mspId] = target.split('@');
    return mspId === undefined ? { name, address } : { name, mspId, address };
  });
  const dialling = values['chaincode-dials'];
  const deployed = { programs, servers, dialling };
  return { layout, directory: values.directory, ...deployed, terms: readAllTerms(values, deployed) };
}

type Values = ReturnType<typeof parse>;

type Deployed = Pick<Arguments, 'programs' | 'servers' | 'dialling'>;

/** The chaincodes that are deployed. A second time would be an upgrade, which nobody asks for in one breath. */
function namesOf({ programs, servers, dialling }: Deployed): ReadonlySet<string> {
  const serving = new Set(servers.map(({ name }) => name)); // each organisation's server has an option of its own
  const names = [...programs.map(({ name }) => name), ...serving, ...dialling];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new UsageError(
      `chaincode ${twice} is deployed twice: give it --chaincode, --chaincode-address or --chaincode-dials, and only one of them`,
    );
  }
  return new Set(names);
}

/** Each option's part of the terms of a chaincode, which has to be one of those that are deployed. */
function readAllTerms(values: Values, deployed: Deployed): ReadonlyMap<string, ChaincodeTerms> {
  const names = namesOf(deployed);
  const terms = new Map<string, ChaincodeTerms>();
  const add = (option: string, name: string, part: ChaincodeTerms): void => {
    if (!names.has(name)) {
      throw new UsageError(`${option} ${name}: no such chaincode is deployed; name it with --chaincode as well`);
    }
    const before = terms.get(name) ?? {};
    if (Object.keys(part).some((key) => Object.hasOwn(before, key))) {
      throw new UsageError(`${option} ${name}: it is given twice`);
    }
    terms.set(name, { ...before, ...part });
  };
  for (const text of values['signature-policy']) {
    const [name, signaturePolicy] = halves('--signature-policy', text);
    add('--signature-policy', name, { signaturePolicy });
  }
  for (const text of values['collections-config']) {
    const [name, collectionsFile] = halves('--collections-config', text);
    add('--collections-config', name, { collectionsFile });
  }
  for (const text of values['init-required']) {
    const [name, called] = text.includes('=') ? halves('--init-required', text) : [text];
    if (called !== undefined && deployed.dialling.includes(name)) {
      throw new UsageError(
        `--init-required ${text}: devnet cannot call a chaincode that you start after it; leave out "=${called}" and make the call yourself`,
      );
    }
    add('--init-required', name, { init: called === undefined ? {} : { function: called } });
  }
  return terms;
}

function halves(option: string, text: string): [string, string] {
  const [, name, rest] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || rest === undefined) {
    throw new UsageError(`${option} ${text}: give a name, then "=", then the value`);
  }
  return [name, rest];
}
