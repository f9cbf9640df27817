/** What is measured of Tenor: for each command its caller, its consumables and its calls. */
import type { CommandName, Input } from '@tenor/client';
import { callOf, type Call } from './calls.js';
import { bulkOf } from './lanes.js';
import type { Cast, Person } from './people.js';
import type { Stock } from './stock.js';

/** Kinds of records whose lengths the raw write copies. */
export type Kind = 'confirmation' | 'line' | 'slice' | 'status' | 'presentment' | 'totals' | 'redeemed';

/** A call that can be made, with the records that it writes. */
export interface Prepared {
  readonly call: Call;
  readonly records: readonly { readonly kind: Kind; readonly id: string; readonly register?: string }[];
}

/** A command before its first run. Its name is that of the command, and many at once are its bulk. */
export interface Draft {
  readonly name: string;
  readonly title: string;
  /** Business operations in one call. */
  readonly units: number;
  readonly caller: Person;
  readonly prepare: (count: number) => Promise<Prepared[]>;
}

const preparedBy = <Name extends CommandName>(
  { contract, tenor }: Person,
  name: Name,
  request: Partial<Input<Name>>,
  records: Prepared['records'],
  secret?: Partial<Input<Name>>,
): Prepared => ({
  call: callOf(contract, name, request, (seed) =>
    tenor.sender.plan(name, request as never, secret as never, seed, 'refusals'),
  ),
  records,
});

const named = (kind: Kind, ids: readonly string[]): Prepared['records'] => ids.map((id) => ({ kind, id }));

/** All commands whose name holds `only`. */
export function draftsOf(cast: Cast, stock: Stock, bulk: number, only = ''): Draft[] {
  return [
    confirmation(1, cast, stock),
    confirmation(bulk, cast, stock),
    acceptance(1, cast, stock),
    acceptance(bulk, cast, stock),
    split(cast, stock),
    offer(cast, stock),
    sliceAcceptance(cast, stock),
    presentation(1, cast, stock),
    presentation(bulk, cast, stock),
    discharge(1, cast, stock),
    discharge(bulk, cast, stock),
    redemption(cast, stock),
  ].filter(({ name }) => name.includes(only));
}

/** A command, so many times in one call. */
const lane = (command: CommandName, units: number): Pick<Draft, 'name' | 'title' | 'units'> =>
  units === 1
    ? { name: command, title: command, units }
    : { name: bulkOf(command), title: `${command}, ${String(units)} at once`, units };

function confirmation(units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.confirmables(count, units)).map((input) =>
      preparedBy(caller, 'certificate:confirm', input, [
        { kind: 'line', id: input.lineId },
        ...named('confirmation', input.certificateIds),
      ]),
    );
  return { ...lane('certificate:confirm', units), caller, prepare };
}

function acceptance(units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const prepare = async (count: number): Promise<Prepared[]> => {
    const certificateIds = await stock.acceptables(count * units);
    return Array.from({ length: count }, (_, index) => {
      const mine = certificateIds.slice(index * units, (index + 1) * units);
      const items = mine.map((certificateId) => ({ certificateId, sliceId: caller.tenor.newId(cast.bank.mspId) }));
      const slices = items.map(({ sliceId }) => sliceId);
      return preparedBy(caller, 'certificate:accept', { items }, [...named('slice', slices), ...named('status', mine)]);
    });
  };
  return { ...lane('certificate:accept', units), caller, prepare };
}

/** A slice into two. */
function split(cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.roots(count, '2000')).map(({ sliceId }) => {
      const partIds = [caller.tenor.newId(cast.bank.mspId), caller.tenor.newId(cast.bank.mspId)];
      const records = named('slice', [sliceId, ...partIds]);
      return preparedBy(caller, 'slice:split', { sliceId, partIds }, records, { amounts: ['1500', '500'] });
    });
  return { ...lane('slice:split', 1), caller, prepare };
}

function offer(cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.transferables(count)).map(({ sliceId, transferId, ticketId, ...secret }) =>
      preparedBy(caller, 'slice:offer', { sliceId, transferId, ticketId }, named('slice', [sliceId]), secret),
    );
  return { ...lane('slice:offer', 1), caller, prepare };
}

function sliceAcceptance(cast: Cast, stock: Stock): Draft {
  const caller = cast.contractor.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.offered(count)).map(({ sliceId, transferId }) =>
      preparedBy(caller, 'slice:accept', { sliceId, transferId }, named('slice', [sliceId])),
    );
  return { ...lane('slice:accept', 1), caller, prepare };
}

function presentation(units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.presentables(count, units)).map(({ presentmentId, sliceIds, ticketId, ...secret }) => {
      const records = [{ kind: 'presentment' as const, id: presentmentId }, ...named('slice', sliceIds)];
      return preparedBy(caller, 'slice:present', { presentmentId, sliceIds, ticketId }, records, secret);
    });
  return { ...lane('slice:present', units), caller, prepare };
}

function discharge(units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.proven(count, units)).map(({ presentmentId, uetr, sliceIds }) =>
      preparedBy(caller, 'presentment:discharge', { presentmentId, uetr }, named('slice', sliceIds)),
    );
  return { ...lane('presentment:discharge', units), caller, prepare };
}

/** The last redemption of a certificate: counted in both books, line restored. */
function redemption(cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.paid(count)).map(({ certificateId, sliceId }) =>
      preparedBy(caller, 'certificate:redeem', { certificateId, sliceIds: [sliceId] }, [
        { kind: 'totals', id: certificateId },
        { kind: 'status', id: certificateId },
        { kind: 'redeemed', id: sliceId, register: cast.issuer.mspId }, // the id of a slice does not name the issuer
      ]),
    );
  return { ...lane('certificate:redeem', 1), caller, prepare };
}
