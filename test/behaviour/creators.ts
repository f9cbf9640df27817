/**
 * Who is calling. A creator's bytes reach the chaincode as the sender wrote them. Fabric finds one certificate in them and checks the
 * signature against it. The chaincode must find the same certificate, or refuse.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newReference, TenorError, type Tenor } from '@tenor/client';
import { Membership } from '../../devnet/src/identity/membership.js';
import { Identity } from '../conformance/support/identity.js';
import { mangled, TEXTS, type Holder } from '../conformance/support/creators.js';
import { Chance } from '../conformance/programs/chance.js';
import type { Door, Ledger, OpenLedger } from '../support/ledger.js';
import { whoamiAs, type Outcome } from '../support/rawProposal.js';
import { LEI, World } from '../support/world.js';

/** Of the organisation that attacks: enrolled, without any duty. */
const ATTACKER = 'User1';
const VICTIMS = ['Maker', 'Checker', 'Admin', 'Admin2'] as const;
const AT_ONCE = 12;
/** Half a minute where nothing else runs. */
const CROSSING_MS = 300_000;

/** On any ledger. */
export function shouldKnowItsCallers(open: OpenLedger, cases: number): void {
  describe('callers', () => {
    let world: World;
    let home: string;
    const clients: Tenor[] = [];

    beforeAll(async () => {
      world = await World.found(await open());
      home = world.people('issuer').organization;
    });

    afterAll(async () => {
      for (const client of clients) client.close();
      await world.close();
    });

    const pemOf = (organization: string, user: string): string => {
      const door = world.ledger.door(organization, user);
      door.close();
      return door.connection.certificate;
    };
    /** The attacker with a certificate text of its own making. */
    const attacker = (certificate: string): Tenor => {
      const client = world.ledger.connect(home, ATTACKER, certificate);
      clients.push(client);
      return client;
    };

    it.each(Object.entries(TEXTS.usual))('are known by a certificate that is written %s', async (_how, write) => {
      const { stranger } = world.people('issuer');
      const client = attacker(write(pemOf(home, ATTACKER), ''));
      expect(await client.registry.whoami()).toEqual(await stranger.registry.whoami());
    });

    it.each(Object.keys(TEXTS.double))('are nobody when a certificate is written with %s', async (how) => {
      const { mspId, stranger } = world.people('issuer');
      expect(await stranger.registry.whoami()).toMatchObject({ mspId, admin: false });
      const victims = [...VICTIMS.map((user) => pemOf(home, user)), pemOf(world.people('bank').organization, 'Admin')];
      for (const victim of victims) {
        const client = attacker(TEXTS.double[how]?.(pemOf(home, ATTACKER), victim) ?? '');
        expect(await codeOf(client.registry.whoami())).toBe(TAKEN_FOR_THE_OTHER.includes(how) ? DENIED : UNREADABLE);
      }
    });

    it('have no duty by the certificate of one who has, before their own on one line', async () => {
      const maker = attacker(before(pemOf(home, 'Maker'), pemOf(home, ATTACKER)));
      const input = {
        ticketId: world.newId('issuer'),
        sliceId: world.newId('issuer'),
        transferId: newReference(),
        transferee: LEI.supplier,
        expiresOn: world.date,
      };
      const ticket = { party: LEI.issuer, expiresOn: world.date };
      expect(await codeOf(maker.ticket.prepare('slice:offer', input, ticket))).toBe(UNREADABLE);
      const { mspId } = world.people('issuer');
      const secret = { ...ticket, command: 'slice:offer', payload: '{}' };
      const transient = { ...SEED, private: Buffer.from(JSON.stringify(secret)) };
      const sent = maker.sender.submitOnce('ticket:prepare', `{"ticketId":"${world.newId('issuer')}"}`, transient, [
        mspId,
      ]);
      expect(await codeOf(sent)).toBe(UNREADABLE);
    });

    it('do not register themselves by the certificates of two administrators, before their own on one line', async () => {
      const own = pemOf(home, ATTACKER);
      const [admin, admin2] = (['Admin', 'Admin2'] as const).map((user) => attacker(before(pemOf(home, user), own)));
      const { stranger } = world.people('issuer');
      const { identity } = await stranger.registry.whoami();
      const operator = { identity, duties: ['maker' as const, 'checker' as const], parties: [LEI.issuer] };
      const request = { proposalId: world.newId('issuer'), changes: [{ kind: 'operator' as const, operator }] };
      const everybody = world.ledger.organizations.map(({ mspId }) => mspId);
      const send = (client: Tenor | undefined, name: string, argument: object): Promise<unknown> =>
        client?.sender.submitOnce(name, JSON.stringify(argument), {}, everybody) ?? Promise.resolve();
      expect(await codeOf(send(admin, 'registry:propose', request))).toBe(UNREADABLE);
      await world.people('issuer').admin.registry.propose(request); // as if it had been: its second half is refused too
      expect(await codeOf(send(admin2, 'registry:approve', { proposalId: request.proposalId }))).toBe(UNREADABLE);
      const ticket = { party: LEI.issuer, expiresOn: world.date };
      const input = {
        ticketId: world.newId('issuer'),
        sliceId: world.newId('issuer'),
        transferId: newReference(),
        transferee: LEI.supplier,
        expiresOn: world.date,
      };
      expect(await codeOf(stranger.ticket.prepare('slice:offer', input, ticket))).toBe('CALLER_NOT_REGISTERED');
    });

    it(
      `are who signed or nobody, however a creator is written: ${String(cases)} by chance`,
      async () => {
        const door = world.ledger.door(home, ATTACKER);
        try {
          const crossing = await cross(world, door, pemOf, cases);
          expect(crossing.wrong).toEqual([]);
          // Enough of each, or nothing was tried.
          expect(Object.entries(crossing.counts).filter(([, count]) => count < cases / 20)).toEqual([]);
        } finally {
          door.close();
        }
      },
      CROSSING_MS,
    );
  });
}

const UNREADABLE = 'CALLER_UNREADABLE';
/** By the peer, without a code of this chaincode. */
const DENIED = 'REFUSED_BY_NETWORK';
/** Here Fabric finds the other's certificate, whose key did not sign. */
const TAKEN_FOR_THE_OTHER: readonly string[] = ["another's before it"];
const SEED = { seed: new Uint8Array(32) };

/** The form of the attack that was seen: a certificate that only a reader without lines finds. */
const before = (victim: string, own: string): string => `z${victim.trim().replaceAll('\n', '')}\n${own}`;

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    return `answered ${JSON.stringify(await call)}`;
  } catch (error) {
    if (error instanceof TenorError) return error.code;
    throw error;
  }
}

interface Crossing {
  /** What must not be, with the seed and the bytes that show it. */
  readonly wrong: readonly object[];
  readonly counts: Readonly<Record<'known' | 'unreadable' | 'denied', number>>;
}

/** Creators by chance, each asked for at the ledger, and where that is real Fabric, at devnet's membership too. */
async function cross(
  world: World,
  door: Door,
  pemOf: (organization: string, user: string) => string,
  cases: number,
): Promise<Crossing> {
  const { mspId, stranger, organization } = world.people('issuer');
  const bank = world.people('bank');
  const own: Holder = { mspId, certPem: door.connection.certificate };
  const others = [
    ...VICTIMS.map((user): Holder => ({ mspId, certPem: pemOf(organization, user) })),
    { mspId: bank.mspId, certPem: pemOf(bank.organization, 'Admin') },
  ];
  const signer = await stranger.registry.whoami();
  const devnet = devnetOf(world.ledger, door);
  const wrong: object[] = [];
  const counts = { known: 0, unreadable: 0, denied: 0 };
  const one = async (seed: number): Promise<void> => {
    const chance = new Chance(seed);
    const creator = mangled(chance, own, chance.pick(others));
    const outcome = await whoamiAs(door, creator);
    const kind = kindOf(outcome);
    counts[kind]++;
    const isRight = kind !== 'known' || JSON.stringify(outcome) === JSON.stringify({ caller: signer });
    if (isRight && (devnet?.(creator) ?? kind !== 'denied') === (kind !== 'denied')) return;
    wrong.push({ seed, outcome, creator: Buffer.from(creator).toString('latin1') });
  };
  const seeds = Array.from({ length: cases }, (_, index) => index + 1);
  const worker = async (): Promise<void> => {
    for (let seed = seeds.pop(); seed !== undefined; seed = seeds.pop()) await one(seed);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { wrong, counts };
}

/** @throws when the chaincode refused with a code that is none of these */
function kindOf(outcome: Outcome): 'known' | 'unreadable' | 'denied' {
  if (outcome === 'denied') return 'denied';
  if (outcome === 'undecoded') return 'unreadable';
  if ('caller' in outcome) return 'known';
  if (outcome.code === UNREADABLE) return 'unreadable';
  throw new Error(`refused with ${outcome.code}`);
}

/** Whether devnet's peers would let a creator through to the chaincode; undefined where there are no files of the organisations. */
function devnetOf(
  { dataPath, organizations }: Ledger,
  { connection }: Door,
): ((creator: Uint8Array) => boolean) | undefined {
  if (dataPath === undefined) return undefined;
  const folder = join(dataPath, 'organizations/peerOrganizations');
  const definitions = organizations.map(({ name, mspId }) => {
    const domain = readdirSync(folder).find((each) => each.startsWith(`${name}.`)) ?? '';
    const authorities = join(folder, domain, 'msp/cacerts');
    return {
      mspId,
      rootCertsPem: readdirSync(authorities).map((file) => readFileSync(join(authorities, file), 'utf8')),
    };
  });
  const membership = new Membership(definitions);
  const sender = new Identity(connection.mspId, connection.certificate, connection.privateKey ?? '');
  const message = Buffer.from('a proposal');
  return (creator) => {
    const expiresAt = membership.expiryOf(creator);
    const identity = membership.identify(creator);
    const isExpired = expiresAt !== undefined && Date.now() > expiresAt;
    return !isExpired && identity?.valid === true && identity.verify(message, sender.sign(message));
  };
}
