/** Shipped topologies, changed for suites. */
import { partOf, TOPOLOGIES, type Topology } from '@tenor/network';
import type { PlayerName } from '../deal/players.js';

/** On free ports, so that a network of the same name may run beside. */
export const onFreePorts = (topology: Topology): Topology => ({
  ...topology,
  orderer: { mspId: topology.orderer.mspId, domain: topology.orderer.domain },
  organizations: topology.organizations.map(({ name, mspId, domain, users }) => ({ name, mspId, domain, users })),
});

/** The organisation of each party, where each has one of its own. */
export const OWN_ORGANIZATION: Readonly<Record<PlayerName, string>> = {
  issuer: 'issuer',
  bank: 'bank',
  supplier: 'supplier',
  contractor: 'contractor',
  operator: 'operator',
  secondBank: 'second-bank',
  thirdBank: 'third-bank',
};

/**
 * The part of `wide` (issuer, two suppliers, three banks, operator) that a suite needs, as a network of its own:
 *
 *     shouldX(() => openInProcess(wideWith('issuer', 'bank', 'supplier', 'secondBank')))
 *     shouldX(shareNetwork(devnetDriver, wideWith('issuer', 'bank', 'supplier', 'secondBank')))
 *
 * No peer of anybody else is started. The bank must be there, because it founds the registry of a world, and one other at least.
 */
export const wideWith = (...players: readonly PlayerName[]): Topology =>
  partOf(
    TOPOLOGIES.wide,
    players.map((player) => OWN_ORGANIZATION[player]),
  );
