/** The commands that are measured, each with a sample whose footprint the raw write copies. */
import { createHash } from 'node:crypto';
import type { Contract } from '@hyperledger/fabric-gateway';
import type { RunningNetwork } from '@tenor/network';
import { callOf, mustSend, type Call } from './calls.js';
import { assertLean, footprintsOf, type Footprint } from './footprint.js';
import type { Cast, Person } from './people.js';
import type { RawShape } from './rawWrites.js';
import type { Stock, Transferable } from './stock.js';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

type Kind = 'confirmation' | 'line' | 'slice' | 'terms';

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
}

interface Prepared {
  readonly call: Call;
  /** Records that the call writes, for their lengths. */
  readonly records: readonly { readonly kind: Kind; readonly id: string }[];
}

interface Draft {
  readonly name: string;
  readonly title: string;
  readonly units: number;
  readonly caller: Person;
  readonly prepare: (count: number) => Promise<Prepared[]>;
}

function drafts(cast: Cast, stock: Stock, bulk: number): Draft[] {
  return [
    confirmation('confirm', 'confirm', 1, cast, stock),
    confirmation('bulk', `confirm ${String(bulk)} at once`, bulk, cast, stock),
    offer(cast, stock),
    acceptance(cast, stock),
  ];
}

function confirmation(name: string, title: string, units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> => {
    const inputs = await stock.confirmables(count, units);
    return inputs.map((input) => ({
      call: callOf(caller.contract, 'certificate:confirm', input, (seed) =>
        caller.tenor.sender.plan('certificate:confirm', input, undefined, seed),
      ),
      records: [
        { kind: 'line' as const, id: input.lineId },
        ...input.certificateIds.map((id) => ({ kind: 'confirmation' as const, id })),
      ],
    }));
  };
  return { name, title, units, caller, prepare };
}

const passed = ({ sliceId }: Transferable): Prepared['records'] => [{ kind: 'slice', id: sliceId }];

function offer(cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const prepare = async (count: number): Promise<Prepared[]> => {
    const inputs = await stock.transferables(count);
    return inputs.map((input) => {
      const { sliceId, transferId, ticketId, ...secret } = input;
      const request = { sliceId, transferId, ticketId };
      const plan = (seed: Uint8Array): ReturnType<typeof caller.tenor.sender.plan> =>
        caller.tenor.sender.plan('certificate:transfer', request, secret, seed);
      return { call: callOf(caller.contract, 'certificate:transfer', request, plan), records: passed(input) };
    });
  };
  return { name: 'transfer', title: 'transfer: offer', units: 1, caller, prepare };
}

function acceptance(cast: Cast, stock: Stock): Draft {
  const caller = cast.contractor.checker;
  const prepare = async (count: number): Promise<Prepared[]> => {
    const inputs = await stock.offered(count);
    return inputs.map((input) => {
      const request = { sliceId: input.sliceId, transferId: input.transferId };
      const plan = (seed: Uint8Array): ReturnType<typeof caller.tenor.sender.plan> =>
        caller.tenor.sender.plan('certificate:acceptTransfer', request, undefined, seed);
      return { call: callOf(caller.contract, 'certificate:acceptTransfer', request, plan), records: passed(input) };
    });
  };
  return { name: 'acceptTransfer', title: 'transfer: accept', units: 1, caller, prepare };
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
  for (const { kind, id } of prepared.records) {
    const { opening } = await draft.caller.tenor.sender.evaluate<{ opening: string }>('certificate:get', { kind, id });
    bytes.set(sha256(`${kind}/${id}`), Buffer.byteLength(opening));
  }
  return { draft, transactionId, endorsers, bytes };
}

/** Runs each command once, reads from the block what it wrote, and holds a confirmation against its bounds. @throws Error */
export async function commandsOf(network: RunningNetwork, cast: Cast, stock: Stock, bulk: number): Promise<Command[]> {
  const trials: Trial[] = [];
  for (const draft of drafts(cast, stock, bulk)) trials.push(await tryOut(draft));
  const blocks = await network.blocks('bank');
  const footprints = footprintsOf(blocks, 'tenor', new Set(trials.map(({ transactionId }) => transactionId)));
  return trials.map(({ draft, transactionId, endorsers, bytes }) => {
    const footprint = footprints.get(transactionId);
    if (footprint === undefined) throw new Error(`transaction ${transactionId} (${draft.name}) is in no block`);
    if (draft.name === 'confirm') assertLean(footprint);
    return commandOf(draft, { footprint, endorsers, bytes });
  });
}

function commandOf(
  { name, title, units, caller, prepare }: Draft,
  shape: RawShape & { readonly footprint: Footprint },
): Command {
  const make = async (count: number): Promise<Call[]> => (await prepare(count)).map(({ call }) => call);
  return { name, title, units, raw: caller.raw, shape, make };
}
