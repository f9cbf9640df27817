/** Takes commands for a network that runs in the background, on a socket that only its owner can open. */
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { ChaincodeSource, RunningNetwork } from '../driver.js';
import { toPlainError, type CallName, type Request, type Response } from './protocol.js';

type Handler = (network: RunningNetwork, args: readonly unknown[]) => Promise<unknown>;

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('A text was expected.');
  return value;
};

// The caller is this package itself, of the same user.
const source = (value: unknown): ChaincodeSource => value as ChaincodeSource;

const HANDLERS: Readonly<Record<Exclude<CallName, 'down'>, Handler>> = {
  deploy: (network, [what]) => network.deploy(source(what)),
  withdraw: (network, [name]) => network.withdraw(text(name)),
  status: (network) => network.status(),
  blocks: async (network, [organization]) =>
    (await network.blocks(text(organization))).map((block) => Buffer.from(block).toString('base64')),
  stopPeer: ({ faults }, [organization]) => faults.stopPeer(text(organization)),
  startPeer: ({ faults }, organizations) => faults.startPeer(...organizations.map(text)),
  loseLedger: ({ faults }, [organization]) => faults.loseLedger(text(organization)),
  removeOrganization: (network, [organization]) => network.removeOrganization(text(organization)),
  addOrganization: (network, [organization]) => network.addOrganization(text(organization)),
  replaceChaincode: ({ faults }, [organization, what]) => faults.replaceChaincode(text(organization), source(what)),
  restoreChaincode: ({ faults }, [organization, name]) => faults.restoreChaincode(text(organization), text(name)),
  restartChaincode: ({ faults }, [organization, name]) => faults.restartChaincode(text(organization), text(name)),
};

async function firstLine(socket: Socket): Promise<string> {
  for await (const line of createInterface({ input: socket })) return line;
  throw new Error('The caller hung up.');
}

/** Serves a network until it is told to go down. */
export class ControlServer {
  readonly #network: RunningNetwork;
  readonly #socketPath: string;
  readonly #server: Server;
  readonly #down: () => Promise<void>;

  /** @param down stops the network; called once, on the call of that name */
  constructor(network: RunningNetwork, socketPath: string, down: () => Promise<void>) {
    this.#network = network;
    this.#socketPath = socketPath;
    this.#down = down;
    this.#server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      void this.#serve(socket);
    });
  }

  async listen(): Promise<void> {
    await rm(this.#socketPath, { force: true });
    this.#server.listen(this.#socketPath);
    await once(this.#server, 'listening');
    await chmod(this.#socketPath, 0o600);
  }

  /** Takes no more calls and removes the socket. */
  async close(): Promise<void> {
    this.#server.close();
    await rm(this.#socketPath, { force: true });
  }

  async #serve(socket: Socket): Promise<void> {
    let response: Response;
    try {
      const request = JSON.parse(await firstLine(socket)) as Request;
      response = { result: (await this.#perform(request)) ?? null };
    } catch (cause) {
      response = { error: toPlainError(cause) };
    }
    if (!socket.destroyed) socket.end(`${JSON.stringify(response)}\n`);
  }

  #perform({ name, args }: Request): Promise<unknown> {
    return name === 'down' ? this.#down() : HANDLERS[name](this.#network, args);
  }
}
