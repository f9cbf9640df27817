/**
 * Where the CPU time of a command under load goes: profiles of the client, of the bank's chaincode and, on Fabric, of the bank's
 * peer, all of one round of calls and of nothing before it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@tenor/network';
import { send } from './calls.js';
import { draftsOf } from './drafts.js';
import { goGroupOf, selfTimes } from './goProfile.js';
import { CONFIRM } from './lanes.js';
import type { Options } from './options.js';
import { gather, type Cast } from './people.js';
import { readProfiles, shares, summarize, type Share, type Summary } from './profile.js';
import { inTurn } from './measure.js';
import { Stock } from './stock.js';
import { openProfiledNetwork, type TestNetwork } from './testNetwork.js';

/** Calls of the round: enough to outlast the peer's profile. */
const CALLS = 512;
/** How long the peer samples itself. */
const PEER_SECONDS = 5;
/** Functions that are shown. */
const TOP = 12;

/** One program's shares of its own CPU time. */
export interface Profile {
  readonly program: 'client' | 'chaincode' | 'peer';
  readonly byGroup: readonly Share[];
  readonly byFunction: readonly Share[];
}

/** Profiles one round. */
export async function profiles(options: Options, say: (line: string) => void): Promise<Profile[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tenor-profile-'));
  try {
    const peerPort = options.network === 'fabric' ? await freePort() : undefined;
    const test = await openProfiledNetwork(options.network, { folder, peerPort }, say);
    const found = await onNetwork(test, peerPort, options);
    // A chaincode process writes its profile as it ends; those of the preparation were killed and wrote none.
    const chaincode = summarize(readProfiles(folder));
    say('profiles are taken');
    return [profileOf('client', found.client), profileOf('chaincode', chaincode), ...found.peer];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Found {
  readonly client: Summary;
  readonly peer: readonly Profile[];
}

async function onNetwork(test: TestNetwork, peerPort: number | undefined, options: Options): Promise<Found> {
  try {
    const cast = await gather(test.network);
    try {
      return await oneRound(test, cast, peerPort, options);
    } finally {
      cast.close();
    }
  } finally {
    await test.close();
  }
}

async function oneRound(
  { network }: TestNetwork,
  cast: Cast,
  peerPort: number | undefined,
  { lines, inFlight, bulk }: Options,
): Promise<Found> {
  const stock = await Stock.open(cast, lines);
  const draft = draftsOf(cast, stock, bulk, CONFIRM).find(({ name }) => name === CONFIRM);
  if (draft === undefined) throw new Error(`no command ${CONFIRM}`);
  const calls = (await draft.prepare(CALLS)).map(({ call }) => call);
  for (const { name } of network.topology.organizations) await network.faults.restartChaincode(name, 'tenor');
  const [client, peer] = await Promise.all([
    profiled(() =>
      inTurn(
        calls.map((call) => () => send(call)),
        inFlight,
      ),
    ),
    peerPort === undefined ? [] : peerProfile(peerPort),
  ]);
  return { client, peer };
}

/** Runs something with this process's own profiler on. */
async function profiled(work: () => Promise<unknown>): Promise<Summary> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    await work();
    const { profile } = await session.post('Profiler.stop');
    return summarize([profile]);
  } finally {
    session.disconnect();
  }
}

async function peerProfile(port: number): Promise<Profile[]> {
  const url = `http://127.0.0.1:${String(port)}/debug/pprof/profile?seconds=${String(PEER_SECONDS)}`;
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the peer answered ${String(answer.status)} when asked for its profile`);
  const times = selfTimes(new Uint8Array(await answer.arrayBuffer()));
  const groups = new Map<string, number>();
  for (const [name, time] of times) groups.set(goGroupOf(name), (groups.get(goGroupOf(name)) ?? 0) + time);
  return [profileOf('peer', { byGroup: shares(groups), byFunction: shares(times) })];
}

const profileOf = (program: Profile['program'], { byGroup, byFunction }: Summary): Profile => ({
  program,
  byGroup: byGroup.slice(0, TOP),
  byFunction: byFunction.slice(0, TOP),
});
