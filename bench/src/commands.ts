/** The commands that are measured, each with a sample whose footprint the raw write copies. */
import { createHash } from 'node:crypto';
import type { Contract } from '@hyperledger/fabric-gateway';
import type { RunningNetwork } from '@tenor/network';
import { mustSend, type Call } from './calls.js';
import { assertLean, footprintsOf, type Footprint } from './footprint.js';
import { draftsOf, type Draft } from './drafts.js';
import { CONFIRM } from './lanes.js';
import type { Cast } from './people.js';
import type { Options } from './options.js';
import type { RawShape } from './rawWrites.js';
import type { Stock } from './stock.js';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A command under measurement. */
export interface Command {
  readonly name: string;
  readonly title: string;
  /** Business operations in one call. */
  readonly units: number;
  /** The raw chaincode as the command's own caller sees it. */
  readonly raw: Contract;
  readonly shape: RawShape;
  /** Makes calls that can be planned and sent. */
  readonly make: (count: number) => Promise<Call[]>;
  /** A call like the last ones, for what uses nothing up: it comes after them, before the business date moves on. */
  readonly spare: () => Promise<Call>;
}

interface Trial {
  readonly draft: Draft;
  readonly transactionId: string;
  readonly endorsers: readonly string[];
  readonly bytes: ReadonlyMap<string, number>;
}

async function tryOut(draft: Draft): Promise<Trial> {
  const [prepared] = await draft.prepare(1);
  if (prepared === undefined) throw new Error(`nothing was made for ${draft.name}`);
  const { endorsers } = await prepared.call();
  const transactionId = await mustSend(prepared.call);
  const bytes = new Map<string, number>();
  for (const { kind, id, ...where } of prepared.records) {
    const { opening, register } = await draft.caller.tenor.sender.evaluate<{
      readonly opening: string;
      readonly register: string;
    }>('book:get', { kind, id, ...where });
    for (const key of [`own/${kind}/${id}`, `shown/${kind}/${register}/${id}`])
      bytes.set(sha256(key), Buffer.byteLength(opening));
  }
  return { draft, transactionId, endorsers, bytes };
}

/** Runs each command once, reads from the block what it wrote, and holds a confirmation against its bounds. @throws Error */
export async function commandsOf(
  network: RunningNetwork,
  cast: Cast,
  stock: Stock,
  { bulk, only }: Pick<Options, 'bulk' | 'only'>,
): Promise<Command[]> {
  const trials: Trial[] = [];
  for (const draft of draftsOf(cast, stock, bulk, only)) trials.push(await tryOut(draft));
  const blocks = await network.blocks('bank');
  const footprints = footprintsOf(blocks, 'tenor', new Set(trials.map(({ transactionId }) => transactionId)));
  return trials.map(({ draft, transactionId, endorsers, bytes }) => {
    const footprint = footprints.get(transactionId);
    if (footprint === undefined) throw new Error(`transaction ${transactionId} (${draft.name}) is in no block`);
    if (draft.name === CONFIRM) assertLean(footprint);
    return commandOf(draft, { footprint, endorsers, bytes });
  });
}

function commandOf(
  { name, title, units, caller, prepare }: Draft,
  shape: RawShape & { readonly footprint: Footprint },
): Command {
  let spare: Call | undefined;
  const make = async (count: number): Promise<Call[]> => {
    const calls = (await prepare(count + 1)).map(({ call }) => call);
    spare = calls.pop();
    return calls;
  };
  const oneMore = async (): Promise<Call> => {
    if (spare === undefined) await make(0);
    if (spare === undefined) throw new Error(`nothing was made for ${name}`);
    return spare;
  };
  return { name, title, units, raw: caller.raw, shape, make, spare: oneMore };
}
