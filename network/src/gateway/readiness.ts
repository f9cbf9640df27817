/** A network is ready when every gateway can have a call endorsed by every organisation. A committed definition does not show this. */
import { NetworkError, type UserConnection } from '../driver.js';
import { pause } from '../processes/wait.js';
import { PeerClient } from './peerClient.js';

const TIMEOUT_MS = 120_000;
const INTERVAL_MS = 100;

/** One organisation's gateway to the network. */
interface Gateway {
  readonly mspId: string;
  readonly client: PeerClient;
}

async function untilReady(
  from: Gateway,
  chaincode: string,
  organizations: readonly string[],
  deadline: number,
): Promise<void> {
  for (;;) {
    const result = await from.client.probe(chaincode, organizations);
    if (result.ready) return;
    if (Date.now() > deadline) {
      const whom = organizations.length === 0 ? 'by its policy' : `by ${organizations.join(', ')}`;
      throw new NetworkError(
        `The gateway of ${from.mspId} cannot have ${chaincode} endorsed ${whom}: ${result.reason}`,
      );
    }
    await pause(INTERVAL_MS);
  }
}

/** What readiness is to mean for a chaincode. */
export interface ReadinessGoal {
  /** Also for the set of organisations that the chaincode's own policy asks for. */
  readonly byPolicy: boolean;
  /** MSP ids of the organisations that run it. */
  readonly hosts: readonly string[];
}

/**
 * Waits until each gateway can endorse for each host alone, and, when `byPolicy` is set, by the chaincode's policy.
 * @throws NetworkError after 120 s, naming gateway and endorsers
 */
export async function waitUntilEndorsing(
  connections: readonly UserConnection[],
  chaincode: string,
  { byPolicy, hosts }: ReadinessGoal,
): Promise<void> {
  const gateways = await Promise.all(
    connections.map(async (connection): Promise<Gateway> => ({
      mspId: connection.mspId,
      client: await PeerClient.open(connection),
    })),
  );
  const targets = [...hosts.map((mspId) => [mspId]), ...(byPolicy ? [[]] : [])];
  const deadline = Date.now() + TIMEOUT_MS;
  try {
    // One after the other at each gateway. It looks for peers under a lock and waits for those that are stopped, so probes at once wait for each other.
    const wait = async (from: Gateway): Promise<void> => {
      for (const target of targets) await untilReady(from, chaincode, target, deadline);
    };
    await Promise.all(gateways.map(wait));
  } finally {
    for (const { client } of gateways) client.close();
  }
}
