/** Cases of a peer's checks on a proposal: headers, identities, signatures, permissions. */
import { peer } from '@hyperledger/fabric-protos';
import { outcomeOf } from '../support/context.js';
import type { Call, Context } from '../support/context.js';
import type { Case } from '../support/suite.js';

const MINUTE_MS = 60_000;

/** How evaluate and submit answer to the same fault. */
async function both(t: Context, fault: Partial<Call>): Promise<unknown> {
  const call = { steps: [{ do: 'put', key: t.key('k') }], ...fault } as const;
  return { evaluate: await t.evaluate(call), submit: await t.submit(call) };
}

const wrong = (id: string, name: string, fault: (t: Context) => Partial<Call>): Case => ({
  id,
  name,
  run: (t) => both(t, fault(t)),
});

/** One for which the gateway drops its connections to the other peers, calls of other cases in flight among them. */
const dropping = (...given: Parameters<typeof wrong>): Case => ({ ...wrong(...given), alone: true });

/** What a peer's own endorser service answers. */
async function processed(t: Context, call: Call): Promise<unknown> {
  const { signed } = t.proposal(call);
  return outcomeOf(
    t.net.wires.Org1.process(signed).then((response) => ({
      status: response.getResponse()?.getStatus(),
      message: response.getResponse()?.getMessage(),
      payload: response.getPayload_asU8().length > 0,
      endorsed: response.getEndorsement() !== undefined,
    })),
  );
}

function extensionOf(chaincode: string): Uint8Array {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(id);
  return extension.serializeBinary();
}

/** Without any input, and without an id when nothing is named. */
function invocationOf(chaincode?: string): Uint8Array {
  const spec = new peer.ChaincodeSpec();
  if (chaincode !== undefined) {
    const id = new peer.ChaincodeID();
    id.setName(chaincode);
    spec.setChaincodeId(id);
  }
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  return invocation.serializeBinary();
}

export const PROPOSAL: readonly Case[] = [
  wrong('35', 'A bad signature is refused', (t) => ({ sign: (message) => t.net.users.Org2.sign(message) })),
  wrong('35-none', 'A missing signature is refused', () => ({ sign: () => new Uint8Array() })),
  wrong('35-garbage', 'A signature that is none is refused', () => ({ sign: () => Buffer.from('no signature') })),
  wrong('36', 'A creator of an unknown organisation is refused', (t) => ({ creator: t.net.odd.foreign })),
  wrong('36-claims', 'A certificate of another organisation is refused', (t) => ({
    creator: t.net.users.Org2.claiming('Org1MSP'),
  })),
  wrong('36-self', 'A certificate that no authority signed is refused', (t) => ({ creator: t.net.odd.selfMade })),
  wrong('37', 'A signature with a high S is refused', (t) => ({
    sign: (message) => t.net.users.Org1.sign(message, true),
  })),
  wrong('37-more', 'A signature with bytes after it is taken as Fabric takes it', (t) => ({
    sign: (message) => Buffer.concat([t.net.users.Org1.sign(message), Buffer.from([0xff])]),
  })),
  wrong('37-inside', 'A signature with more than two numbers is taken as Fabric takes it', (t) => ({
    sign: (message) => {
      const signature = t.net.users.Org1.sign(message);
      const header = Buffer.from([0x30, signature.length]);
      return Buffer.concat([header, signature.subarray(2), Buffer.from([0x05, 0x00])]);
    },
  })),
  wrong('37-long', 'A signature with a number in more bytes than it takes is refused', (t) => ({
    sign: (message) => {
      const signature = t.net.users.Org1.sign(message);
      const header = Buffer.from([0x30, signature.length - 1, 0x02, signature.readUInt8(3) + 1, 0x00]);
      return Buffer.concat([header, signature.subarray(4)]);
    },
  })),
  wrong('38', 'A transaction id that is not the hash of nonce and creator is refused', () => ({
    txId: 'ab'.repeat(32),
  })),
  wrong('38-empty', 'An empty transaction id is refused', () => ({ txId: '' })),
  wrong('38-nonce', 'An empty nonce is refused', () => ({ nonce: new Uint8Array() })),
  dropping('39', 'An expired certificate is refused', (t) => ({ creator: t.net.odd.expired })),
  dropping('39-forged', 'An expired certificate that no authority signed is refused for having expired', (t) => ({
    creator: t.net.odd.latePretender,
  })),
  wrong('39-early', 'A certificate that is not yet valid is taken as Fabric takes it', (t) => ({
    creator: t.net.odd.notYet,
  })),
  dropping('40', 'A clock 20 minutes behind is refused', () => ({ timestamp: new Date(Date.now() - 20 * MINUTE_MS) })),
  dropping('40-ahead', 'A clock 20 minutes ahead is refused', () => ({
    timestamp: new Date(Date.now() + 20 * MINUTE_MS),
  })),
  wrong('40-near', 'A clock 10 minutes behind is taken', () => ({ timestamp: new Date(Date.now() - 10 * MINUTE_MS) })),
  wrong('41', 'A peer may not propose', (t) => ({ creator: t.net.peers.Org1 })),
  wrong('41-admin', 'An administrator may propose', (t) => ({ creator: t.net.admins.Org1 })),
  wrong('42', 'A certificate without a role is refused', (t) => ({ creator: t.net.odd.roleless })),
  wrong('42-two', 'A certificate with two roles is refused', (t) => ({ creator: t.net.odd.twoRoles })),
  wrong('42-authority', "An authority's certificate is refused", (t) => ({ creator: t.net.odd.authority })),
  {
    id: '43',
    name: 'A proposal whose transaction is on the ledger is a duplicate',
    run: async (t) => {
      const nonce = Buffer.from(t.key('nonce'));
      const call = { chaincode: 'any', nonce, steps: [{ do: 'put', key: t.key('k') }] } as const;
      const first = await t.submit(call);
      return [first, await both(t, call)];
    },
  },
  {
    id: '43-invalid',
    name: 'A proposal whose transaction is on the ledger as invalid is a duplicate',
    run: async (t) => {
      const nonce = Buffer.from(t.key('nonce'));
      const call = { nonce, targets: ['Org1MSP'], steps: [{ do: 'put', key: t.key('k') }] } as const;
      const first = await t.submit(call);
      return [first, await t.evaluate(call)];
    },
  },
  wrong('45', 'An epoch is refused', () => ({ epoch: 1 })),
  wrong('p-type', 'A header type that is none of a proposal is refused', () => ({ type: 2 })),
  wrong('p-unknown', 'A header type that does not exist is refused', () => ({ type: 99 })),
  wrong('36-named', 'A certificate that only names a known authority is refused', (t) => ({
    creator: t.net.odd.pretender,
  })),
  wrong('36-misnamed', 'A certificate that names another authority than its own is refused', (t) => ({
    creator: t.net.odd.misnamed,
  })),
  wrong('36-nobody', 'A creator that is not named is refused', (t) => ({ creator: t.net.users.Org1.nameless() })),
  wrong('41-outsider', 'A client of the ordering organisation may not propose', (t) => ({
    creator: t.net.odd.outsider,
  })),
  wrong('p-extension', 'A header extension that is none is refused', () => ({ extension: Buffer.from([0xff, 0xff]) })),
  wrong('p-extension-no-id', 'A header extension without chaincode id is refused', () => ({
    extension: new Uint8Array(),
  })),
  wrong('p-extension-no-name', 'A header extension without chaincode name is refused', () => ({
    extension: extensionOf(''),
  })),
  wrong('p-extension-other', 'A header extension that names another chaincode decides what runs', () => ({
    extension: extensionOf('any'),
  })),
  wrong('p-invocation', 'An invocation that is none is refused', () => ({ invocation: Buffer.from([0xff, 0xff]) })),
  wrong('p-invocation-empty', 'An invocation without chaincode is refused', () => ({ invocation: new Uint8Array() })),
  wrong('p-invocation-no-input', 'An invocation without input is refused', () => ({
    invocation: invocationOf('each'),
  })),
  wrong('p-invocation-no-id', 'An invocation of a chaincode without id is refused', () => ({
    invocation: invocationOf(),
  })),
  wrong('p-no-channel', 'A proposal without channel is refused', () => ({ channel: '' })),
  {
    id: 'p-endorser-invocation',
    name: 'The endorser service refuses an invocation without chaincode, and one without input',
    run: async (t) => [
      await processed(t, { invocation: new Uint8Array() }),
      await processed(t, { invocation: invocationOf('each') }),
    ],
  },
  {
    id: 'p-endorser-foreign',
    name: 'The endorser service refuses creators that nobody knows, or nobody named',
    run: async (t) => [
      await processed(t, { creator: t.net.odd.foreign }),
      await processed(t, { creator: t.net.users.Org1.nameless() }),
    ],
  },
  {
    id: 'p-endorser',
    name: 'The endorser service answers an endorsed response',
    run: (t) => processed(t, { steps: [{ do: 'put', key: t.key('k') }] }),
  },
  {
    id: 'p-endorser-500',
    name: 'The endorser service keeps the payload of a failure and does not endorse it',
    run: (t) => processed(t, { steps: [{ do: 'fail', message: 'boom' }] }),
  },
  {
    id: 'p-endorser-event',
    name: 'The endorser service drops the event of a failure',
    run: async (t) => {
      const steps = [
        { do: 'event', name: 'e' },
        { do: 'respond', status: 500, message: 'no' },
      ] as const;
      const response = await t.net.wires.Org1.process(t.proposal({ steps }).signed);
      const payload = peer.ProposalResponsePayload.deserializeBinary(response.getPayload_asU8());
      return peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8()).getEvents_asU8().length;
    },
  },
  {
    id: 'p-endorser-404',
    name: 'The endorser service drops the payload of a status in the 400s',
    run: (t) => processed(t, { steps: [{ do: 'respond', status: 404, message: 'nobody' }] }),
  },
  {
    id: 'p-endorser-channel',
    name: 'The endorser service does not know an unknown channel',
    run: (t) => processed(t, { channel: 'elsewhere' }),
  },
  {
    id: 'p-endorser-chaincode',
    name: 'The endorser service does not know an unknown chaincode',
    run: (t) => processed(t, { chaincode: 'nowhere' }),
  },
  {
    id: 'p-endorser-signature',
    name: 'The endorser service refuses a bad signature',
    run: (t) => processed(t, { sign: () => Buffer.from('no') }),
  },
  {
    id: 'p-endorser-not-hosted',
    name: 'The endorser service does not run what is hosted elsewhere',
    run: (t) => processed(t, { chaincode: 'far' }),
  },
  {
    id: 'p-args',
    name: 'Arguments and transient data reach the chaincode as they were sent',
    run: (t) =>
      t.evaluate({
        transient: { a: 'ä', b: '' },
        args: [
          'run',
          JSON.stringify([{ do: 'args' }, { do: 'transient' }, { do: 'creator' }, { do: 'channel' }, { do: 'txId' }]),
        ],
      }),
  },
];
