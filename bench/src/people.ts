/** Who acts: one person a duty, each with the client library and, on the same connection, the gateway contracts that are timed. */
import { createPrivateKey } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect as connectGateway, hash, signers, type Contract } from '@hyperledger/fabric-gateway';
import {
  connect,
  fromPaths,
  newId,
  newReference,
  newP256Signer,
  type Change,
  type Connection,
  type Duty,
  type Role,
  type Tenor,
} from '@tenor/client';
import type { RunningNetwork, UserConnection } from '@tenor/network';
import { daysAfter } from '../../test/deal/inputs.js';
import { LEI, type Place, type PlayerName } from '../../test/deal/players.js';
import { RAW, TOPOLOGY } from './testNetwork.js';

/** A person: the client library, and both chaincodes as the gateway SDK shows them. */
export interface Person {
  readonly tenor: Tenor;
  readonly contract: Contract;
  readonly raw: Contract;
  /** Both as a stock gateway client sees them: default hash, default signer. */
  readonly stock: { readonly contract: Contract; readonly raw: Contract };
  close(): void;
}

/** The people of a party. */
export interface Hands {
  readonly party: string;
  readonly mspId: string;
  readonly maker: Person;
  readonly checker: Person;
}

/** Who plays in the deals that are measured: nobody operates, and there is one bank. */
type PartyName = 'issuer' | 'bank' | 'supplier' | 'contractor';

/** Everyone, and the business date. */
export interface Cast extends Readonly<Record<PartyName, Hands>>, Place {
  /** The business date: a Monday. */
  readonly date: string;
  /** Small suppliers, hosted by the supplier's organisation. The supplier's people act for them. */
  readonly holders: readonly string[];
  /** Moves the business date on by a week. @throws TenorError */
  advance(): Promise<void>;
  close(): void;
}

/** The organisation that acts for each: the issuer's hosts the contractor, as one organisation may. */
const PARTIES: Readonly<Record<PartyName, { readonly lei: string; readonly host: string; readonly role: Role }>> = {
  issuer: { lei: LEI.issuer, host: 'issuer', role: 'issuer' },
  bank: { lei: LEI.bank, host: 'bank', role: 'bank' },
  supplier: { lei: LEI.supplier, host: 'supplier', role: 'supplier' },
  contractor: { lei: LEI.contractor, host: 'issuer', role: 'supplier' },
};

/** How many small suppliers have their slices presented by the bank. */
const HOLDERS = 10;

/** LEIs of parties that do not exist: the check digits make the rest of it as a number 1 modulo 97 (ISO 7064). */
const holders: readonly string[] = Array.from({ length: HOLDERS }, (_, index) => {
  const stem = `DEMO00HOLDER${String(index).padStart(6, '0')}`;
  const digits = Array.from(`${stem}00`, (letter) => String(parseInt(letter, 36))).join('');
  return `${stem}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}`;
});

/** The parties whose people an organisation's operators are. */
const hostedBy = (name: string): string[] => [
  ...Object.values(PARTIES).flatMap(({ lei, host }) => (host === name ? [lei] : [])),
  ...(name === PARTIES.supplier.host ? holders : []),
];

const isCast = (name: PlayerName): name is PartyName => Object.hasOwn(PARTIES, name);

/** A Monday. */
const DATE = '2026-11-23';

const POLICY = {
  ...{ version: 1, effectiveFrom: '2025-06-15', maxTenorMonths: 12, justifyBeyondMonths: 6 },
  ...{ smePaymentDays: 60, maxTier: 3, maxChildren: 50, graceDays: 5, standIns: [] },
};
const CALENDAR = { id: 'CN', version: 1, weekend: [5, 6], holidays: [], extraWorkdays: [], until: '2199-12-31' };

/** A machine under full load is slow, and that is what is measured: no call is given up for it. */
const PATIENT = { evaluateMs: 60_000, endorseMs: 60_000, submitMs: 60_000, commitStatusMs: 60_000 };

interface Members {
  readonly name: string;
  readonly mspId: string;
  readonly person: (user: string) => Person;
}

function clientOf({ endpoint, tlsRootCert, hostAlias }: Connection): Client {
  const secure =
    tlsRootCert === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(tlsRootCert));
  return new Client(endpoint, secure, {
    'grpc.max_receive_message_length': -1,
    ...(hostAlias === undefined ? {} : { 'grpc.ssl_target_name_override': hostAlias }),
  });
}

/** A user with a link of its own, as in life. */
export function personOf(user: UserConnection): Person {
  const connection = fromPaths(user);
  const client = clientOf(connection);
  const { mspId, certificate, privateKey = '' } = connection;
  const key = createPrivateKey(privateKey);
  const common = {
    identity: { mspId, credentials: Buffer.from(certificate) },
    endorseOptions: () => ({ deadline: Date.now() + PATIENT.endorseMs }),
    submitOptions: () => ({ deadline: Date.now() + PATIENT.submitMs }),
    commitStatusOptions: () => ({ deadline: Date.now() + PATIENT.commitStatusMs }),
  };
  const gateway = connectGateway({ ...common, client, hash: hash.none, signer: newP256Signer(key) });
  const plain = connectGateway({ ...common, client, signer: signers.newPrivateKeySigner(key) });
  const channel = gateway.getNetwork(connection.channel);
  const stock = plain.getNetwork(connection.channel);
  const tenor = connect({ connection, grpcClient: client, deadlines: PATIENT });
  return {
    tenor,
    contract: channel.getContract(connection.chaincode),
    raw: channel.getContract(RAW),
    stock: { contract: stock.getContract(connection.chaincode), raw: stock.getContract(RAW) },
    close: () => {
      client.close();
    },
  };
}

/** Connects everybody, founds the registry and registers parties and operators. @throws TenorError */
export async function gather(network: RunningNetwork): Promise<Cast> {
  const people: Person[] = [];
  const organizations = TOPOLOGY.organizations.map(({ name, mspId }): Members => {
    const person = (user: string): Person => {
      const made = personOf(network.connectionFor(name, user));
      people.push(made);
      return made;
    };
    return { name, mspId, person };
  });
  const { hands, setDate } = await found(organizations);
  const mspOf = (name: PlayerName): string => {
    if (!isCast(name)) throw new Error(`no ${name} plays here`);
    return hands[name].mspId;
  };
  let date = DATE;
  return {
    ...{ ...hands, holders },
    get date() {
      return date;
    },
    id: (register, drawer = register) => newId(mspOf(register), mspOf(drawer)),
    reference: newReference,
    advance: async () => {
      const next = daysAfter(date, 7);
      await setDate(next);
      date = next;
    },
    close: () => {
      for (const each of people) each.close();
    },
  };
}

interface Founded {
  readonly hands: Readonly<Record<PartyName, Hands>>;
  /** Sets the business date, as the founders may. */
  readonly setDate: (date: string) => Promise<void>;
}

async function found(organizations: readonly Members[]): Promise<Founded> {
  const staff = organizations.map(({ name, mspId, person }) => ({
    ...{ name, mspId, maker: person('Maker'), checker: person('Checker') },
    ...{ admin: person('Admin').tenor, admin2: person('Admin2').tenor },
  }));
  const founders = organizations.map(({ mspId }) => mspId);
  for (const { admin } of staff) await admin.registry.adopt({ founders });
  const [first, second] = staff;
  if (first === undefined || second === undefined) throw new Error('a registry needs two organisations');
  await first.admin.registry.bootstrap({ founders });
  await decide(first.admin, second.admin, [
    ...partyChanges(organizations),
    { kind: 'policy', policy: POLICY },
    { kind: 'calendar', calendar: CALENDAR },
  ]);
  for (const { name, admin, admin2, maker, checker } of staff) {
    const parties = hostedBy(name);
    await decide(admin, admin2, [await operator(maker, 'maker', parties), await operator(checker, 'checker', parties)]);
  }
  const setDate = (date: string): Promise<void> =>
    decide(first.admin, second.admin, [{ kind: 'businessDateSet', date, calendar: CALENDAR.id, keepers: [] }]);
  await setDate(DATE);
  const handsOf = ({ lei, host }: (typeof PARTIES)[PartyName]): Hands => {
    const member = staff.find(({ name }) => name === host);
    if (member === undefined) throw new Error(`this network has no organisation ${host}`);
    return { party: lei, mspId: member.mspId, maker: member.maker, checker: member.checker };
  };
  const { issuer, bank, supplier, contractor } = PARTIES;
  const [one, other] = [handsOf(supplier), handsOf(contractor)];
  return { hands: { issuer: handsOf(issuer), bank: handsOf(bank), supplier: one, contractor: other }, setDate };
}

function partyChanges(organizations: readonly Members[]): Change[] {
  const small = holders.map((lei, index) => [`holder ${String(index + 1)}`, { ...PARTIES.supplier, lei }] as const);
  return [...Object.entries(PARTIES), ...small].map(([name, { lei, host, role }]): Change => {
    const mspId = organizations.find((each) => each.name === host)?.mspId ?? '';
    return { kind: 'party', party: { id: lei, name, mspId, roles: [role], sme: false, status: 'ACTIVE' } };
  });
}

async function operator({ tenor }: Person, duty: Duty, parties: string[]): Promise<Change> {
  const { identity } = await tenor.registry.whoami();
  return { kind: 'operator', operator: { identity, duties: [duty], parties } };
}

async function decide(proposer: Tenor, approver: Tenor, changes: Change[]): Promise<void> {
  const proposalId = proposer.newId();
  await proposer.registry.propose({ proposalId, changes });
  await approver.registry.approve({ proposalId });
}
