/**
 * Every member as a guest: by a client's, an administrator's and a peer's certificate, at every other organisation's peer, by
 * every service that can be reached there, and by changed chaincode at home. What they saw is recorded, and the README lists it.
 */
import { common, peer } from '@hyperledger/fabric-protos';
import type { BookKind } from '@tenor/client';
import { ownKey } from '../../chaincode/src/ledger/keys.js';
import {
  askByChangedChaincode,
  askEverything,
  CHANGED_CHAINCODE,
  SERVICES,
  type Given,
  type GuestKnowledge,
  type ServiceName,
} from '../support/guestServices.js';
import type { GuestIdentity, Ledger } from '../support/ledger.js';
import { transactionsOf, type BlockTransaction } from '../support/rwset.js';
import { LEI } from '../support/world.js';

/** One guest's harvest. */
export interface Visit extends Given {
  readonly who: string;
}

interface Played {
  readonly certificateId: string;
  readonly claimId: string;
  readonly kept: string;
  readonly passed: string;
  readonly traded: string;
}

const IDENTITIES = ['User1', 'Admin', 'peer'] as const;

function keysOf({ certificateId, claimId, kept, passed, traded }: Played): readonly string[] {
  const kinds = ['terms', 'face', 'confirmation', 'status', 'totals'] as const;
  return [
    ...kinds.map((kind) => ownKey(kind, certificateId)),
    ownKey('claim', claimId),
    ...[kept, passed, traded].map((id) => ownKey('slice', id)),
  ];
}

/**
 * By which certificates a guest asks at a host. In process by all of them. Peers of one channel decide by the same access lists, so over
 * a line a guest takes them in turn: each host is asked by each kind, and each guest asks by each kind somewhere.
 */
const identitiesOf = ({ engine }: Ledger, turn: number): readonly GuestIdentity[] =>
  engine === 'inProcess' ? IDENTITIES : IDENTITIES.filter((_, index) => index === turn % IDENTITIES.length);

/** Asks as everybody, everywhere. */
export async function visitAll(
  ledger: Ledger,
  played: Played,
  kinds: readonly BookKind[],
  known: { readonly transactionId: string; readonly height: number },
): Promise<readonly Visit[]> {
  const visits: Visit[] = [];
  for (const [index, host] of ledger.organizations.entries()) {
    const knows: GuestKnowledge = {
      ...{ kinds, ids: [played.certificateId, played.passed], party: LEI.bank, hostMspId: host.mspId },
      ...known,
    };
    const guests = ledger.organizations
      .filter(({ name }) => name !== host.name)
      .flatMap(({ name }, at) => identitiesOf(ledger, index + at).map((identity) => ({ name, identity })));
    // One host after the other, but all its guests at once: each asks dozens of questions, and waits for every answer.
    const all = guests.map(async ({ name, identity }) => {
      const given = await askEverything(ledger.guest(host.name, name, identity), knows);
      return given.map((each) => ({ ...each, who: `${name}/${identity} at ${host.name}` }));
    });
    visits.push(...(await Promise.all(all)).flat());
  }
  const atHome = await Promise.all(ledger.organizations.map((guest) => visitAtHome(ledger, guest, played)));
  return [...visits, ...atHome.flat()];
}

async function visitAtHome(
  ledger: Ledger,
  guest: Ledger['organizations'][number],
  played: Played,
): Promise<readonly Visit[]> {
  const foreign = ledger.organizations.map(({ mspId }) => mspId).filter((mspId) => mspId !== guest.mspId);
  await ledger.faults.tamper(guest.name);
  const door = ledger.door(guest.name, 'User1');
  try {
    const given = await askByChangedChaincode(door, foreign, keysOf(played));
    return given.map((each) => ({ ...each, who: `${guest.name} at its own peer` }));
  } finally {
    door.close();
    await ledger.faults.restore(guest.name);
  }
}

/** Blocks in an answer of the system query. */
function transactionsIn(answer: Uint8Array): readonly BlockTransaction[] {
  try {
    const block = common.Block.deserializeBinary(answer);
    return block.hasHeader() && block.hasMetadata() ? transactionsOf(answer) : [];
  } catch {
    return []; // another kind of answer
  }
}

function hasFilteredBlock(answer: Uint8Array): boolean {
  try {
    return peer.DeliverResponse.deserializeBinary(answer).hasFilteredBlock();
  } catch {
    return false; // another kind of answer
  }
}

type Evidence = (answer: Buffer, played: Played) => boolean;
const ofTenor = (answer: Uint8Array): readonly BlockTransaction[] =>
  transactionsIn(answer).filter(({ chaincode }) => chaincode === 'tenor');

/** What a member may see, in the README's words, by which service, and how an answer shows it. */
const SIGHTS: readonly { readonly what: string; readonly by: ServiceName; readonly shows: Evidence }[] = [
  {
    what: "the registry: parties with names and organisations, roles, operators' identity hashes, policies, calendars, business date, who leaves and what was preserved of its records",
    by: 'the registry',
    shows: (answer) => answer.includes(LEI.bank),
  },
  {
    what: 'who sent a transaction and who endorsed it, its name, its ids, and its time',
    by: 'blocks by the system query',
    shows: (answer) =>
      ofTenor(answer).some(
        ({ creatorMspId, endorsers, args }) => endorsers.length > 0 && creatorMspId + (args[1] ?? '') !== '',
      ),
  },
  {
    what: "which organisations' books it wrote, how many keys in each, and hashes of keys and values",
    by: 'blocks by the system query',
    shows: (answer) => ofTenor(answer).some(({ hashedWrites }) => hashedWrites.length > 0),
  },
  {
    what: 'whether it was valid, and if not, why',
    by: 'filtered blocks',
    shows: hasFilteredBlock,
  },
  {
    what: 'its event: a name, and the ids in it',
    by: 'chaincode events',
    shows: (answer, { certificateId }) => answer.includes('tenor.certificate.') && answer.includes(certificateId),
  },
  {
    what: 'from key policies, which organisation holds a slice, so the chain of holders at the level of organisations',
    by: 'changed chaincode at home: key policies',
    shows: (answer) => answer.includes('MSP'),
  },
  {
    what: 'whether a trade document is claimed, and in whose book, if the member can describe it exactly (type, seller, number, year) or has the very file, and how many places a book has left today for the calls of an organisation; no other key can be guessed',
    by: 'changed chaincode at home: hashes',
    // One guess: a key that others cannot know would give nothing.
    shows: (answer) => answer.length === HASH_BYTES,
  },
  {
    what: "the channel's configuration: its organisations, their certificate authorities, its policies",
    by: "the channel's configuration",
    shows: (answer) => answer.includes('BEGIN CERTIFICATE'),
  },
  {
    what: 'the definition of the chaincode: version, sequence, policy',
    by: 'the definition of the chaincode',
    shows: (answer) => answer.includes('vscc'),
  },
];

const HASH_BYTES = 32;

/** The record with which the README's list is compared (test/house/docs.test.ts). */
export interface Seen {
  readonly sees: readonly { readonly what: string; readonly by: ServiceName }[];
  /** Services that gave nobody anything. */
  readonly refused: readonly ServiceName[];
}

/** What was seen, from the answers alone. */
export function seenBy(visits: readonly Visit[], played: Played): Seen {
  const answersOf = (service: ServiceName): readonly Buffer[] =>
    visits
      .filter((visit) => visit.service === service)
      .flatMap(({ answers }) => answers.map((each) => Buffer.from(each)));
  const names = [...Object.keys(SERVICES), ...Object.keys(CHANGED_CHAINCODE)] as ServiceName[];
  return {
    sees: SIGHTS.filter(({ by, shows }) => answersOf(by).some((answer) => shows(answer, played))).map(
      ({ what, by }) => ({
        what,
        by,
      }),
    ),
    refused: names.filter((name) => answersOf(name).length === 0),
  };
}
