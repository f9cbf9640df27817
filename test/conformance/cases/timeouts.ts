/** Cases of endorsers that do not answer in time: what a gateway allows another peer is shorter here than what a peer allows a chaincode. */
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';
import { breaking } from './processes.js';

/** Longer than either limit. */
const long: Step = { do: 'sleep', milliseconds: 6000 };

export const TIMEOUTS: readonly Case[] = [
  breaking(
    '25-gateway',
    'Endorsers that do not answer the gateway in time are given up, each by its own limit',
    async (t) => {
      // Each gateway has connections of its own, and drops those to peers that were too late.
      const [own, collected, first] = await Promise.all([
        t.evaluate({ chaincode: 'fragile', steps: [long] }),
        t.submit({ at: 'Org2', creator: t.net.users.Org2, steps: [{ ...long, on: ['Org1MSP'] }] }),
        t.submit({ at: 'Org3', creator: t.net.users.Org3, chaincode: 'far', steps: [long] }),
      ]);
      const [evaluate, named] = await Promise.all([
        t.evaluate({ at: 'Org3', creator: t.net.users.Org3, targets: ['Org2MSP'], chaincode: 'far', steps: [long] }),
        t.submit({ at: 'Org2', creator: t.net.users.Org2, targets: ['Org3MSP'], chaincode: 'any', steps: [long] }),
      ]);
      // Either side may be the first to notice.
      const text = JSON.stringify({ own, collected, first, evaluate, named }).replaceAll(
        /(code = DeadlineExceeded desc = )[^"]*/g,
        '$1<too late>',
      );
      return JSON.parse(text) as unknown;
    },
  ),
];
