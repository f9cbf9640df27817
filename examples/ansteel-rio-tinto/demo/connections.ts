/** `connections.json`: how to connect as every person of a network that stays up, and what you can do there. */
import { join, resolve } from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { RunningNetwork } from '@tenor/network';
import type { Deal } from '../readDeal.js';
import type { FreeSlice } from './freeSlice.js';
import { nameOf } from '../../scene/names.js';

/** The program lies beside the sources, and this file runs from examples/dist/ansteel-rio-tinto/demo. */
const SPLIT_PROGRAM = resolve(__dirname, '../../../ansteel-rio-tinto/split.mjs');

const USERS = ['Maker', 'Checker'] as const;

/** What the file says; a user is what `fromPaths` of @tenor/client takes. */
function connections(network: RunningNetwork, deal: Deal, free: FreeSlice): object {
  const organizations = network.topology.organizations.map(({ name, mspId }) => {
    const parties = deal.parties
      .filter(({ organization }) => organization === name)
      .map((party) => ({ name: nameOf(party), id: party.lei, company: party.name, roles: party.roles }));
    const users = Object.fromEntries(USERS.map((user) => [user, network.connectionFor(name, user)]));
    return [name, { mspId, parties, users }] as const;
  });
  const { engine, topology } = network;
  return {
    engine,
    channel: topology.channel,
    chaincode: 'tenor',
    free,
    organizations: Object.fromEntries(organizations),
  };
}

/** A word of a shell's command line, quoted where it has to be. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Writes the file into the network's folder. @returns the command that splits the free slice with it */
export async function writeConnections(
  network: RunningNetwork,
  deal: Deal,
  free: FreeSlice,
): Promise<{ path: string; command: string }> {
  const path = join(network.dataPath, 'connections.json');
  await writeFile(path, `${JSON.stringify(connections(network, deal, free), undefined, 2)}\n`);
  return { path, command: ['node', SPLIT_PROGRAM, path].map(shellWord).join(' ') };
}
