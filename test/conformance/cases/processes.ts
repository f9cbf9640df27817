/** Cases of chaincode processes that hang, die, are not there and come back. */
import { Retry, type Context } from '../support/context.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';
import type { Refusal } from '../support/wire.js';

const HOSTS = ['org1', 'org2'] as const;
const chaincode = 'fragile';

const restart = async (t: Context): Promise<void> => {
  for (const host of HOSTS) await t.net.network.faults.restartChaincode(host, chaincode);
};

/** A case after which the chaincode runs again. */
export const breaking = (id: string, name: string, run: (t: Context) => Promise<unknown>): Case => ({
  id,
  name,
  alone: true,
  run: async (t) => {
    try {
      return await run(t);
    } finally {
      await restart(t);
    }
  },
});

const EXIT: readonly Step[] = [{ do: 'exit' }];
const put = (t: Context): readonly Step[] => [{ do: 'put', key: t.key('k') }];

export const PROCESSES: readonly Case[] = [
  breaking('23', 'A chaincode that dies in the middle of a call ends it on every peer', (t) =>
    t.evaluate({ chaincode, steps: EXIT }),
  ),
  breaking('23-submit', 'A chaincode that dies in the middle of an endorsement ends it on every peer', (t) =>
    t.submit({ chaincode, steps: EXIT }),
  ),
  breaking('23-one', 'A chaincode that dies on one peer is asked on the next', async (t) => ({
    evaluate: await t.evaluate({ chaincode, steps: [{ do: 'exit', on: ['Org1MSP'] }, { do: 'mspId' }] }),
  })),
  breaking('24', 'A chaincode that does not run cannot be launched', async (t) => {
    await t.evaluate({ chaincode, steps: EXIT });
    await t.sleep(300);
    const outcome = (await t.evaluate({ chaincode, steps: [] })) as Refusal['outcome'];
    // Any other text: a peer has not seen yet that the stream of the dead process is closed.
    if (!outcome.details.every(({ message }) => message.includes('could not launch'))) throw new Retry('not gone yet');
    // What follows is the dialler's own text.
    const details = outcome.details.map((each) => ({
      ...each,
      message: each.message.replace(/(could not launch).*/, '$1'),
    }));
    return { ...outcome, details };
  }),
  breaking('25', 'A chaincode that takes too long is given up', (t) =>
    t.evaluate({ chaincode, targets: ['Org1MSP'], steps: [{ do: 'sleep', milliseconds: 6000 }] }),
  ),
  breaking('25-submit', 'A chaincode that takes too long to endorse is given up', (t) =>
    t.submit({ chaincode, targets: ['Org1MSP'], steps: [{ do: 'sleep', milliseconds: 6000 }] }),
  ),
  breaking('26', 'A chaincode that was restarted answers the next call', async (t) => {
    const before = await t.submit({ chaincode, steps: put(t) });
    await restart(t);
    return {
      before,
      after: await t.submit({ chaincode, steps: put(t) }),
      read: await t.evaluate({ chaincode, steps: [{ do: 'get', key: t.key('k') }] }),
    };
  }),
  breaking('s-too-large-call', 'A call of more than 100 MB does not reach the chaincode', async (t) => {
    // The arguments go there twice: by themselves, and in the proposal.
    const args = ['run', '[]', Buffer.alloc(51 * 1024 * 1024, 'x')];
    const outcome = await t.evaluate({ chaincode, targets: ['Org1MSP'], args });
    // Whoever is told first: the transaction that its call was too large, or that its stream has ended.
    const text = JSON.stringify(outcome).replace(
      /transaction returned with failure: \[\w+\] error sending TRANSACTION: rpc error: code = ResourceExhausted [^"]*|failed to execute transaction \w+: error sending: chaincode stream terminated/,
      '<cut off>',
    );
    return JSON.parse(text) as unknown;
  }),
  breaking('s-too-large', 'A chaincode that sends more than 100 MB is cut off', (t) => {
    const steps = [{ do: 'big', key: t.key('k'), size: 101 * 1024 * 1024 }] as const;
    return t.evaluate({ chaincode, targets: ['Org1MSP'], steps });
  }),
];
