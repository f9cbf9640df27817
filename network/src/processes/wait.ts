/** Waiting: for a while, and for a server to answer. */
import { get } from 'node:http';
import { connect } from 'node:net';
import type { Probe } from '../plan.js';

const PROBE_TIMEOUT_MS = 2000;

/** Resolves after some milliseconds. */
export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const httpAnswers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: PROBE_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => {
      resolve(false);
    });
  });

const tcpAnswers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PROBE_TIMEOUT_MS });
    const settle = (open: boolean) => (): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', settle(true));
    socket.once('timeout', settle(false));
    socket.once('error', settle(false));
  });

const probeAnswers = (probe: Probe): Promise<boolean> =>
  probe.kind === 'http' ? httpAnswers(probe.url) : tcpAnswers(probe.host, probe.port);

/** Whether a server answers all probes now. Not answering is an answer, not an error. */
export async function answers(probes: readonly Probe[]): Promise<boolean> {
  const results = await Promise.all(probes.map(probeAnswers));
  return results.every((result) => result);
}
