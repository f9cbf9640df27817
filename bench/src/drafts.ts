/** What is measured of Tenor: for each command its caller, its consumables and its calls. */
import { callOf, type Call } from './calls.js';
import type { Cast, Person } from './people.js';
import { ACCOUNT } from './proof.js';
import type { Stock } from './stock.js';

/** Kinds of records whose lengths the raw write copies. */
export type Kind = 'confirmation' | 'line' | 'slice' | 'status' | 'presentment' | 'totals' | 'redeemed';

/** A call that can be made, with the records that it writes. */
export interface Prepared {
  readonly call: Call;
  readonly records: readonly { readonly kind: Kind; readonly id: string; readonly register?: string }[];
}

/** A command before its first run. */
export interface Draft {
  readonly name: string;
  readonly title: string;
  /** Business operations in one call. */
  readonly units: number;
  readonly caller: Person;
  readonly prepare: (count: number) => Promise<Prepared[]>;
}

type Plan = Person['tenor']['sender']['plan'];

const preparedBy = (
  { contract, tenor }: Person,
  name: Parameters<Plan>[0],
  request: Parameters<Plan>[1],
  records: Prepared['records'],
  secret?: Parameters<Plan>[2],
): Prepared => ({
  call: callOf(contract, name, request, (seed) => tenor.sender.plan(name, request, secret, seed, 'refusals')),
  records,
});

const named = (kind: Kind, ids: readonly string[]): Prepared['records'] => ids.map((id) => ({ kind, id }));

/** All commands whose name holds `only`. */
export function draftsOf(cast: Cast, stock: Stock, bulk: number, only = ''): Draft[] {
  const times = String(bulk);
  return [
    confirmation('confirm', 'confirm', 1, cast, stock),
    confirmation('bulk', `confirm ${times} at once`, bulk, cast, stock),
    acceptance('accept', 'accept', 1, cast, stock),
    acceptance('acceptBulk', `accept ${times} at once`, bulk, cast, stock),
    split(cast, stock),
    offer(cast, stock),
    transferAcceptance(cast, stock),
    presentation('present', 'present', 1, cast, stock),
    presentation('presentBulk', `present ${times} at once`, bulk, cast, stock),
    release('release', 'release', 1, cast, stock),
    release('releaseBulk', `release ${times} at once`, bulk, cast, stock),
    settlement(cast, stock),
  ].filter(({ name }) => name.includes(only));
}

function confirmation(name: string, title: string, units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.confirmables(count, units)).map((input) =>
      preparedBy(caller, 'certificate:confirm', input, [
        { kind: 'line', id: input.lineId },
        ...named('confirmation', input.certificateIds),
      ]),
    );
  return { name, title, units, caller, prepare };
}

function acceptance(name: string, title: string, units: number, cast: Cast, stock: Stock): Draft {
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
  return { name, title, units, caller, prepare };
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
  return { name: 'split', title: 'split in two', units: 1, caller, prepare };
}

function offer(cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.transferables(count)).map(({ sliceId, transferId, ticketId, ...secret }) =>
      preparedBy(caller, 'slice:offer', { sliceId, transferId, ticketId }, named('slice', [sliceId]), secret),
    );
  return { name: 'transfer', title: 'transfer: offer', units: 1, caller, prepare };
}

function transferAcceptance(cast: Cast, stock: Stock): Draft {
  const caller = cast.contractor.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.offered(count)).map(({ sliceId, transferId }) =>
      preparedBy(caller, 'slice:accept', { sliceId, transferId }, named('slice', [sliceId])),
    );
  return { name: 'transferAccept', title: 'transfer: accept', units: 1, caller, prepare };
}

function presentation(name: string, title: string, units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.supplier.checker;
  const secret = { account: ACCOUNT, payeeBank: cast.bank.party };
  const prepare = async (count: number): Promise<Prepared[]> => {
    const slices = await stock.due(count * units);
    return Array.from({ length: count }, (_, index) => {
      const sliceIds = slices.slice(index * units, (index + 1) * units);
      const presentmentId = caller.tenor.newId();
      const records = [{ kind: 'presentment' as const, id: presentmentId }, ...named('slice', sliceIds)];
      return preparedBy(caller, 'slice:present', { presentmentId, sliceIds }, records, secret);
    });
  };
  return { name, title, units, caller, prepare };
}

function release(name: string, title: string, units: number, cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.proven(count, units)).map(({ presentmentId, uetr, sliceIds }) =>
      preparedBy(caller, 'presentment:discharge', { presentmentId, uetr }, named('slice', sliceIds)),
    );
  return { name, title, units, caller, prepare };
}

/** The last settlement of a certificate: counted in both books, line restored. */
function settlement(cast: Cast, stock: Stock): Draft {
  const caller = cast.bank.checker;
  const prepare = async (count: number): Promise<Prepared[]> =>
    (await stock.paid(count)).map(({ certificateId, sliceId }) =>
      preparedBy(caller, 'certificate:redeem', { certificateId, sliceIds: [sliceId] }, [
        { kind: 'totals', id: certificateId },
        { kind: 'status', id: certificateId },
        { kind: 'redeemed', id: sliceId, register: cast.issuer.mspId }, // the id of a slice does not name the issuer
      ]),
    );
  return { name: 'settle', title: 'settle', units: 1, caller, prepare };
}
