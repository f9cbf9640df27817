/** Cases of the gateway: candidates, grading of answers, texts, details, limits. */
import { OpenEnvelope } from '../support/envelope.js';
import { outcomeOf, Retry, signed } from '../support/context.js';
import { signedEnvelope } from '../support/messages.js';
import type { Case } from '../support/suite.js';
import type { Refusal } from '../support/wire.js';

const ALL = ['Org1MSP', 'Org2MSP', 'Org3MSP'];
const boom = { do: 'fail', message: 'boom' } as const;

export const GATEWAY: readonly Case[] = [
  {
    id: '1',
    name: 'An evaluate answers the value and leaves the ledger as it is',
    run: async (t) => {
      await t.given({ steps: [{ do: 'put', key: t.key('k'), value: 'v' }] });
      return t.evaluate({ steps: [{ do: 'get', key: t.key('k') }] });
    },
  },
  { id: '2', name: 'An evaluate that throws is refused without a retry', run: (t) => t.evaluate({ steps: [boom] }) },
  {
    id: '3',
    name: 'A status of 404 refuses evaluate and submit',
    run: async (t) => {
      const steps = [{ do: 'respond', status: 404, message: 'nobody' }] as const;
      return { evaluate: await t.evaluate({ steps }), submit: await t.submit({ steps }) };
    },
  },
  {
    id: '4',
    name: 'A status of 300 is a success',
    run: (t) =>
      t.submit({
        steps: [
          { do: 'put', key: t.key('k') },
          { do: 'respond', status: 300, message: 'm' },
        ],
      }),
  },
  {
    id: '5',
    name: 'A status of 100 refuses evaluate and submit',
    run: async (t) => {
      const steps = [{ do: 'respond', status: 100, message: 'early' }] as const;
      return { evaluate: await t.evaluate({ steps }), submit: await t.submit({ steps }) };
    },
  },
  { id: '6', name: 'A submit that throws asks the first organisation alone', run: (t) => t.submit({ steps: [boom] }) },
  {
    id: '7',
    name: 'A chaincode that throws on one other peer is named',
    run: (t) => t.submit({ steps: [{ ...boom, on: ['Org3MSP'] }] }),
  },
  {
    id: '8',
    name: 'Values that differ from the first endorser are a mismatch',
    run: (t) => t.submit({ steps: [{ do: 'put', key: t.key('k'), value: '1' }, { do: 'mspId' }] }),
  },
  {
    id: '9',
    name: 'One endorsement that is enough cannot mismatch',
    run: (t) => t.submit({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k') }, { do: 'mspId' }] }),
  },
  {
    id: '10',
    name: 'A response message that differs is a mismatch',
    run: (t) => t.submit({ steps: [{ do: 'respond', message: 'other', on: ['Org2MSP'] }] }),
  },
  {
    id: '11',
    name: 'An event that differs is a mismatch',
    run: (t) => t.submit({ steps: [{ do: 'event', name: 'e', on: ['Org2MSP', 'Org3MSP'] }] }),
  },
  {
    id: '12',
    name: 'An unknown chaincode has no peer to evaluate on',
    run: (t) => t.evaluate({ chaincode: 'nowhere' }),
  },
  { id: '13', name: 'An unknown chaincode cannot be submitted', run: (t) => t.submit({ chaincode: 'nowhere' }) },
  {
    id: '14',
    name: 'An unknown channel is refused by every call in its own way',
    run: async (t) => {
      const channel = 'elsewhere';
      const prepared = await t.prepare({ steps: [] });
      return {
        evaluate: await t.evaluate({ channel }),
        endorse: await t.submit({ channel }),
        submit: await outcomeOf(t.order(prepared, 'Org1', channel)),
        status: await outcomeOf(t.status('00', { channel })),
      };
    },
  },
  {
    id: '14-events',
    name: 'An unknown channel has no chaincode events and no blocks',
    run: async (t) => {
      const { responses, error } = await t.deliver('deliver', { channel: 'elsewhere', start: 0, stop: 0 });
      return {
        events: await t.events({ channel: 'elsewhere' }),
        blocks: { statuses: responses.map((each) => each.getStatus()), error },
      };
    },
  },
  {
    id: '15',
    name: 'An unknown organisation cannot be asked',
    run: async (t) => ({
      submit: await t.submit({ targets: ['NobodyMSP', 'Org1MSP', 'NoneMSP'] }),
      evaluate: await t.evaluate({ targets: ['NobodyMSP'] }),
    }),
  },
  {
    id: '15-twice',
    name: 'An unknown organisation that is named twice cannot be asked',
    run: (t) => t.submit({ targets: ['NobodyMSP', 'Org1MSP', 'Org1MSP', 'NobodyMSP'] }),
  },
  {
    id: '16',
    name: 'Too few chosen endorsers are found out at commit',
    run: (t) => t.submit({ targets: ['Org1MSP', 'Org2MSP'], steps: [{ do: 'put', key: t.key('k') }] }),
  },
  {
    id: '17',
    name: 'Transient data does not leave the own organisation unless told to',
    run: async (t) => {
      const call = { chaincode: 'far', transient: { secret: 's' } };
      return { evaluate: await t.evaluate(call), submit: await t.submit(call) };
    },
  },
  {
    id: '18',
    name: 'A chaincode that runs elsewhere is asked there',
    run: async (t) => ({
      evaluate: await t.evaluate({ chaincode: 'far', steps: [{ do: 'mspId' }] }),
      submit: await t.submit({ chaincode: 'far', steps: [{ do: 'put', key: t.key('k') }, { do: 'mspId' }] }),
    }),
  },
  {
    id: '18-transient-told',
    name: 'Transient data goes to an organisation that was named',
    run: async (t) => {
      const call = { chaincode: 'far', transient: { secret: 's' }, targets: ['Org2MSP'] };
      return {
        evaluate: await t.evaluate({ ...call, steps: [{ do: 'transient' }] }),
        submit: await t.submit({ ...call, steps: [{ do: 'put', key: t.key('k') }] }),
      };
    },
  },
  {
    id: '19',
    name: 'Transient data for a collection of others is not given to endorsers outside of it',
    run: (t) =>
      t.submit({
        transient: { secret: 's' },
        steps: [{ do: 'putTransient', collection: 'two', key: t.key('k'), field: 'secret' }],
      }),
  },
  {
    id: '20',
    name: "A collection's own policy lets its member endorse alone",
    run: (t) =>
      t.submit({
        transient: { secret: 's' },
        steps: [{ do: 'putTransient', collection: 'own', key: t.key('k'), field: 'secret' }],
      }),
  },
  {
    id: '21',
    name: 'A policy that no peer satisfies cannot be planned for',
    run: (t) => t.submit({ chaincode: 'clients', steps: [{ do: 'put', key: t.key('k') }] }),
  },
  {
    id: '22',
    name: 'Each organisation endorses once, the first endorser among them',
    run: async (t) => {
      const { envelope } = await t.prepare({ steps: [{ do: 'put', key: t.key('k') }] });
      const endorsers = new OpenEnvelope(envelope).action.getEndorsementsList().map((each) => each.getEndorser_asU8());
      return endorsers.map((each) => Buffer.from(each).toString('hex')).sort();
    },
  },
  {
    id: '22-named',
    name: 'Organisations named twice endorse once',
    run: async (t) => {
      const { envelope } = await t.prepare({ targets: ['Org2MSP', 'Org1MSP', 'Org2MSP'] });
      return new OpenEnvelope(envelope).action.getEndorsementsList().length;
    },
  },
  {
    id: '27',
    name: 'A system chaincode without a policy cannot be submitted',
    run: (t) => t.submit({ chaincode: 'qscc', args: ['GetChainInfo', t.net.channel] }),
  },
  {
    id: '27-life-cycle',
    name: 'The life cycle can be submitted: a majority endorses it',
    run: async (t) => {
      const call = { chaincode: '_lifecycle', args: ['QueryChaincodeDefinition', '\n\u0003any'] };
      const planned = await t.prepare(call).catch((cause: unknown) => {
        // The answer holds a map, whose entries Go writes in any order: peers that agree may answer with different bytes.
        const { details } = (cause as Refusal).outcome;
        throw details.some(({ message }) => /do not match/.test(message)) ? new Retry() : cause;
      });
      return {
        endorsers: new OpenEnvelope(planned.envelope).action.getEndorsementsList().length,
        planned: await t.commit(planned),
        alone: await t.submit({ ...call, targets: ['Org1MSP'] }),
      };
    },
  },
  {
    id: '28',
    name: 'An envelope without a signature is refused',
    run: async (t) => outcomeOf(t.order(await t.endorsed({ steps: [{ do: 'put', key: t.key('k') }] }))),
  },
  {
    id: '29',
    name: 'An envelope signed by another key is forbidden',
    run: async (t) => {
      const prepared = await t.endorsed({ steps: [{ do: 'put', key: t.key('k') }] });
      const payload = prepared.envelope.getPayload_asU8();
      const envelope = signedEnvelope(payload, t.net.users.Org2.sign(payload));
      return outcomeOf(t.order({ ...prepared, envelope }));
    },
  },
  {
    id: '30',
    name: 'An envelope above the absolute maximum is a bad request',
    run: async (t) => {
      const prepared = await t.prepare({
        chaincode: 'any',
        steps: [{ do: 'big', key: t.key('k'), size: 11 * 1024 * 1024 }],
      });
      const outcome = JSON.stringify((await outcomeOf(t.order(prepared))) ?? 'accepted');
      return JSON.parse(outcome.replace(/is \d+ bytes/, 'is N bytes')) as unknown;
    },
  },
  {
    id: '31',
    name: 'The status of an unknown transaction waits for the client',
    run: async (t) => {
      const outcome = await outcomeOf(t.status('ab'.repeat(32), { timeoutMs: 500 }));
      return (outcome as { code: string }).code;
    },
  },
  { id: '32', name: 'A status needs a transaction id', run: (t) => outcomeOf(t.status('')) },
  { id: '32-channel', name: 'A status needs a channel', run: (t) => outcomeOf(t.status('ab', { channel: '' })) },
  {
    id: '33',
    name: 'A status needs the signature of its reader',
    run: (t) => outcomeOf(t.status('ab', { sign: (message) => t.net.users.Org2.sign(message) })),
  },
  {
    id: '33-foreign',
    name: 'A status is for readers of the channel',
    run: (t) => outcomeOf(t.status('ab', { by: t.net.odd.foreign })),
  },
  {
    id: 'g-targets-evaluate',
    name: 'An evaluate is answered by the organisation that was named',
    run: (t) => t.evaluate({ targets: ['Org3MSP'], steps: [{ do: 'mspId' }] }),
  },
  {
    id: 'g-remote-fails',
    name: 'A chaincode error of a named peer is graded as the own one',
    run: (t) => t.evaluate({ targets: ['Org2MSP'], steps: [boom] }),
  },
  {
    id: 'g-remote-peer-refuses',
    name: 'A remote peer that refuses the proposal is unavailable in the eyes of the gateway',
    alone: true,
    run: (t) => t.evaluate({ targets: ['Org2MSP'], epoch: 1 }),
  },
  {
    id: 'g-named-fail',
    name: 'Of chosen endorsers that fail, all are listed',
    run: (t) => t.submit({ targets: ALL, steps: [boom] }),
  },
  {
    id: 'g-named-one-fails',
    name: 'Of chosen endorsers one that fails is listed',
    run: (t) => t.submit({ targets: ALL, steps: [{ ...boom, on: ['Org2MSP'] }] }),
  },
  {
    id: 'g-named-mismatch',
    name: 'Of chosen endorsers those that differ from the first are listed',
    run: async (t) => {
      const steps = [{ do: 'respond', message: 'x', on: ['Org3MSP'] }] as const;
      const outcome = (await t.submit({ targets: ['Org1MSP', 'Org3MSP'], steps })) as Refusal['outcome'];
      // Either may be the first to answer.
      return { ...outcome, details: outcome.details.map(({ message }) => message) };
    },
  },
  {
    id: 'g-other-gateway',
    name: 'Another gateway begins with its own peer',
    run: (t) => t.submit({ at: 'Org2', creator: t.net.users.Org2, steps: [boom] }),
  },
  {
    id: 'g-twice',
    name: 'A transaction keeps its first code when it is ordered again',
    run: async (t) => {
      const prepared = await t.prepare({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k') }] });
      const first = await t.commit(prepared);
      await t.order(prepared);
      const later = await t.prepare({ chaincode: 'any', steps: [{ do: 'put', key: t.key('l') }] });
      await t.commit(later);
      return [first, await t.settled(prepared.txId)];
    },
  },
  {
    id: 'g-status-other',
    name: 'Any reader may ask for a status',
    run: async (t) => {
      const prepared = signed(await t.endorsed({ chaincode: 'any', steps: [{ do: 'put', key: t.key('k') }] }));
      const first = await t.commit(prepared);
      const { code } = await t.status(prepared.txId, { at: 'Org2', by: t.net.peers.Org3 });
      return [first, code];
    },
  },
  {
    id: 'g-deadline-endorse',
    name: 'A client that waits too short is told by its own library',
    run: async (t) => {
      const outcome = await outcomeOf(t.query({ steps: [{ do: 'sleep', milliseconds: 1500 }], timeoutMs: 300 }));
      return (outcome as { code: string }).code;
    },
  },
];
