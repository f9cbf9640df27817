/** Free ports on the loopback address. */
import { createServer } from 'node:net';
import { randomInt } from 'node:crypto';

// Below the range from which systems take ports for outgoing connections, so that no connection of anyone sits on the
// port of a peer while that peer is stopped and about to start again.
const FIRST = 20_000;
const LAST = 31_999;
const ATTEMPTS = 200;

// Given out by this process; the servers on them may not be listening yet.
const given = new Set<number>();

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });

/** A port nobody listens on. @throws Error when none was found */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST, LAST + 1);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port was found between ${String(FIRST)} and ${String(LAST)}.`);
}
