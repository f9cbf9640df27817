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

const describe = (probe: Probe): string => (probe.kind === 'http' ? probe.url : `${probe.host}:${String(probe.port)}`);

/** The first of the probes that somebody answers now, for people, or undefined. */
export async function firstAnswering(probes: readonly Probe[]): Promise<string | undefined> {
  const results = await Promise.all(probes.map(probeAnswers));
  const index = results.indexOf(true);
  const found = probes[index];
  return found === undefined ? undefined : describe(found);
}

/** Whether a server answers all probes now. Not answering is an answer, not an error. */
export async function answers(probes: readonly Probe[]): Promise<boolean> {
  const results = await Promise.all(probes.map(probeAnswers));
  return results.every((result) => result);
}
