/** The stage of the demo: a network with the chaincode, a client for every person, and a line for every step. */
import {
  connect,
  fromPaths,
  newId,
  registerOf,
  TenorError,
  type ErrorCode,
  type Receipt,
  type Tenor,
} from '@tenor/client';
import type { RunningNetwork } from '@tenor/network';
import type { Deal, DealParty } from '../readDeal.js';
import { StepFailed } from './failure.js';
import { personOf } from './names.js';

/** People of every organisation: `Checker` may draft too, so that four eyes are shown to be about persons, not roles. */
export type Person = 'Admin' | 'Admin2' | 'Maker' | 'Checker' | 'User1';

/** A step that was taken. */
export interface Step {
  readonly what: string;
  readonly who: string;
  readonly transactionId: string | undefined;
  readonly block: string | undefined;
  readonly endorsers: readonly string[];
  readonly milliseconds: number;
}

/** An attempt that had to fail. */
export interface Refusal {
  readonly what: string;
  readonly who: string;
  readonly expected: ErrorCode;
  /** The code that came, `ACCEPTED` when nothing refused. */
  readonly code: string;
}

/** Where the demo prints. */
export interface Printer {
  step(step: Step): void;
  refusal(refusal: Refusal): void;
  note(line: string): void;
}

/** Connects as a person of an organisation. */
export type Opener = (organization: string, person: Person) => Tenor;

/** Connects to the gateways of a network. */
export const peopleOf =
  (network: RunningNetwork): Opener =>
  (organization, person) =>
    connect({ connection: fromPaths(network.connectionFor(organization, person)) });

/** The demo's network, people and record of what happened. */
export class Stage {
  readonly network: Pick<RunningNetwork, 'engine' | 'blocks'>;
  readonly deal: Deal;
  readonly steps: Step[] = [];
  readonly refusals: Refusal[] = [];
  /** Ids of the claims that were made. */
  readonly claimed = new Set<string>();
  readonly #open: Opener;
  readonly #printer: Printer;
  readonly #clients = new Map<string, Tenor>();
  #last: string | undefined;

  constructor(network: Stage['network'], open: Opener, deal: Deal, printer: Printer) {
    this.network = network;
    this.#open = open;
    this.deal = deal;
    this.#printer = printer;
  }

  /** A party of the deal by key. */
  party(key: string): DealParty {
    const party = this.deal.parties.find((candidate) => candidate.key === key);
    if (party === undefined) throw new Error(`the deal has no party ${key}`);
    return party;
  }

  /** The first party of the deal with a role. */
  withRole(role: DealParty['roles'][number]): DealParty {
    const party = this.deal.parties.find(({ roles }) => roles.includes(role));
    if (party === undefined) throw new Error(`the deal has no ${role}`);
    return party;
  }

  /** A party's id on the ledger. */
  lei(key: string): string {
    return this.party(key).lei;
  }

  mspOf(party: DealParty): string {
    return this.as(party.key, 'Admin').mspId;
  }

  /** A new id that a party draws, for the book of another party's organisation (default: its own). */
  newId(drawer: string, register = drawer): string {
    return newId(this.mspOf(this.party(register)), this.mspOf(this.party(drawer)));
  }

  /** A new id for a part of a slice, which its holder draws for the book that the slice's own id names. */
  newPart(holder: string, sliceId: string): string {
    return newId(registerOf(sliceId), this.mspOf(this.party(holder)));
  }

  /** The client of a person of a party. */
  as(key: string, person: Person): Tenor {
    const { organization } = this.party(key);
    const name = `${organization}/${person}`;
    const known = this.#clients.get(name);
    if (known !== undefined) return known;
    const client = this.#open(organization, person);
    this.#clients.set(name, client);
    return client;
  }

  /** Takes a step and prints its line. */
  async step(what: string, key: string, person: Person, act: (client: Tenor) => Promise<Receipt>): Promise<Receipt> {
    const started = performance.now();
    const who = personOf(this.party(key), person);
    const receipt = await this.#act(what, who, async () => act(await this.#caughtUp(key, person)));
    this.#last = receipt.transactionId ?? this.#last;
    const step: Step = {
      ...{ what, who, transactionId: receipt.transactionId },
      block: receipt.blockNumber?.toString(),
      endorsers: receipt.endorsingOrganizations ?? [],
      milliseconds: Math.round(performance.now() - started),
    };
    this.steps.push(step);
    this.#printer.step(step);
    return receipt;
  }

  /** Attempts what has to fail, and prints the refusal. */
  async refused(
    what: string,
    key: string,
    person: Person,
    expected: ErrorCode,
    act: (client: Tenor) => Promise<unknown>,
  ): Promise<void> {
    const who = personOf(this.party(key), person);
    const client = await this.#act(what, who, () => this.#caughtUp(key, person));
    const code = await act(client).then(
      () => 'ACCEPTED',
      (error: unknown) => {
        if (error instanceof TenorError) return error.code;
        throw new StepFailed(what, who, error);
      },
    );
    const refusal = { what, who, expected, code };
    this.refusals.push(refusal);
    this.#printer.refusal(refusal);
  }

  async #act<Answer>(what: string, who: string, act: () => Promise<Answer>): Promise<Answer> {
    try {
      return await act();
    } catch (cause) {
      throw new StepFailed(what, who, cause);
    }
  }

  /** Whoever acts on what another organisation just did first waits for it on the own peer. */
  async #caughtUp(key: string, person: Person): Promise<Tenor> {
    const client = this.as(key, person);
    if (this.#last !== undefined) await client.committed(this.#last);
    return client;
  }

  note(line: string): void {
    this.#printer.note(line);
  }

  /** Whether everything that had to fail did, with the right code. */
  get allRefused(): boolean {
    return this.refusals.every(({ expected, code }) => expected === code);
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }
}
