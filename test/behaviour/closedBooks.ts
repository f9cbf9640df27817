/** Closed books on each topology as it ships: nobody gets whole blocks, and everything that people work with goes on. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Network } from '@hyperledger/fabric-gateway';
import { common } from '@hyperledger/fabric-protos';
import { fromPaths, type Connection } from '@tenor/client';
import type { ChaincodeSource, RunningNetwork, Topology, TopologyName } from '@tenor/network';
import { openTransport } from '../../client/src/transport.js';
import { write } from '../support/attack.js';
import { RAW } from '../support/engines.js';

/** Beside whatever else is deployed on the network. */
const BESIDE: ChaincodeSource = { ...RAW, name: 'beside' };
const SECRET = 'what the first organisation keeps in its book';
const START = { startBlock: 0n };

/** A stream of the SDK's, and how it gives blocks. */
interface Closable<T> extends AsyncIterable<T> {
  close(): void;
}

/** The services that give whole blocks. */
const WHOLE_BLOCKS: Readonly<Record<string, (network: Network) => Promise<Closable<unknown>>>> = {
  blocks: (network) => network.getBlockEvents(START),
  'blocks with private data': (network) => network.getBlockAndPrivateDataEvents(START),
};

/** The first that a stream gives. @throws Error with the status that it ends with */
async function first<T>(opening: Promise<Closable<T>>): Promise<T> {
  const stream = await opening;
  try {
    for await (const each of stream) return each;
    throw new Error('the stream ended without a word');
  } finally {
    stream.close();
  }
}

/** A network with a chaincode that does what it is told, and its people. */
class Scene {
  readonly running: RunningNetwork;

  private constructor(running: RunningNetwork) {
    this.running = running;
  }

  static async on(running: RunningNetwork): Promise<Scene> {
    await running.deploy(BESIDE);
    return new Scene(running);
  }

  get organizations(): Topology['organizations'] {
    return this.running.topology.organizations;
  }

  /** Administrator, client and peer of every organisation. */
  get people(): readonly { readonly who: string; readonly connection: Connection }[] {
    return this.organizations.flatMap(({ name, mspId, domain }) => {
      const ofPeer = join('organizations/peerOrganizations', domain, 'peers', `peer0.${domain}`, 'msp');
      const own = this.running.connectionFor(name, 'User1');
      return [
        { who: `administrator of ${mspId}`, connection: fromPaths(this.running.connectionFor(name, 'Admin')) },
        { who: `client of ${mspId}`, connection: fromPaths(own) },
        { who: `peer of ${mspId}`, connection: fromPaths({ ...own, mspPath: join(this.running.dataPath, ofPeer) }) },
      ];
    });
  }

  /** What somebody's stream from an organisation's peer gives first, or how it refuses. */
  async ask<T>(who: Connection, organization: string, open: (network: Network) => Promise<Closable<T>>): Promise<T> {
    const { endpoint, hostAlias, tlsRootCertPath } = this.running.connectionFor(organization, 'User1');
    const { tlsRootCert } = fromPaths({ ...this.running.connectionFor(organization, 'User1'), tlsRootCertPath });
    const connection = { ...who, endpoint, hostAlias, ...(tlsRootCert === undefined ? {} : { tlsRootCert }) };
    const transport = openTransport(connection);
    try {
      return await first(open(transport.network));
    } finally {
      transport.close();
    }
  }

  /** Writes the secret into the first organisation's book and emits an event. @returns the number of its block */
  async writeSecret(): Promise<number> {
    const [first] = this.organizations;
    if (first === undefined) throw new Error('no organisation');
    const connection = fromPaths(this.running.connectionFor(first.name, 'User1'));
    const transport = openTransport({ ...connection, chaincode: BESIDE.name });
    try {
      const raw = JSON.stringify([write(first.mspId, 'k', SECRET), { op: 'event', key: 'written', value: '' }]);
      const submitted = await transport.contract.submitAsync('run', {
        transientData: { raw },
        endorsingOrganizations: this.organizations.map(({ mspId }) => mspId),
      });
      const { successful, blockNumber } = await submitted.getStatus();
      expect(successful).toBe(true);
      return Number(blockNumber);
    } finally {
      transport.close();
    }
  }

  close(): Promise<void> {
    return this.running.withdraw(BESIDE.name);
  }
}

/** On a network of a topology as it ships. */
export function shouldCloseBooks(name: TopologyName, running: () => Promise<RunningNetwork>): void {
  describe(`the books of ${name}`, () => {
    let scene: Scene;
    let block: number;
    beforeAll(async () => {
      scene = await Scene.on(await running());
      block = await scene.writeSecret();
    });
    afterAll(() => scene.close());

    it.each(Object.entries(WHOLE_BLOCKS))('give %s to nobody at any peer', async (_, open) => {
      const answers: string[] = [];
      for (const { name: at } of scene.organizations) {
        for (const { who, connection } of scene.people) {
          await scene.ask(connection, at, open).then(
            () => answers.push(`${who} at ${at} was given a block`),
            (error: unknown) => answers.push(String(error)),
          );
        }
      }
      expect(answers).toHaveLength(scene.organizations.length * scene.people.length);
      expect(new Set(answers)).toEqual(new Set(['Error: Unexpected status response: 403']));
    });

    it('let everybody have filtered blocks', async () => {
      for (const { name: at } of scene.organizations) {
        for (const { connection } of scene.people) {
          const given = await scene.ask(connection, at, (network) => network.getFilteredBlockEvents(START));
          expect(given.getNumber()).toBe(0);
        }
      }
    });

    it('let everybody have chaincode events', async () => {
      for (const { name: at } of scene.organizations) {
        for (const { connection } of scene.people) {
          const event = await scene.ask(connection, at, (network) => network.getChaincodeEvents(BESIDE.name, START));
          expect(event.eventName).toBe('written');
        }
      }
    });

    it('are read by the system query as hashes, by every organisation', async () => {
      for (const { name: at } of scene.organizations) {
        const blocks = await scene.running.blocks(at);
        const found = common.Block.deserializeBinary(blocks[block] ?? new Uint8Array());
        expect(found.getHeader()?.getNumber()).toBe(block);
        expect(found.getData()?.getDataList()).toHaveLength(1);
        expect(Buffer.concat(blocks).includes(SECRET)).toBe(false);
      }
    });
  });
}

/** What the setting is for: without it, any member's client has the whole book of another. */
export function shouldShowWhyBooksAreClosed(running: () => Promise<RunningNetwork>): void {
  describe('books that a topology leaves open', () => {
    it('give private values to the clients of other organisations', async () => {
      const scene = await Scene.on(await running());
      try {
        const startBlock = BigInt(await scene.writeSecret());
        const [owner, other] = scene.organizations;
        const stranger = fromPaths(scene.running.connectionFor(other?.name ?? '', 'User1'));
        const given = await scene.ask(stranger, owner?.name ?? '', (network) =>
          network.getBlockAndPrivateDataEvents({ startBlock }),
        );
        expect(Buffer.from(given.serializeBinary()).includes(SECRET)).toBe(true);
      } finally {
        await scene.close();
      }
    });
  });
}
