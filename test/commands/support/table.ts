/**
 * The table of a command: every way in which a call can be wrong, in the order of the checks, and what a valid call writes. The checks
 * of the caller and of the openings are the same for every command.
 */
import { describe, expect, it } from '@jest/globals';
import { DEFINITIONS, type CommandDefinition } from '../../../chaincode/src/protocol/commands/index.js';
import type { ErrorCode, ErrorData } from '../../../chaincode/src/protocol/errors.js';
import type { Duty } from '../../../chaincode/src/protocol/records/index.js';
import type { Case } from './case.js';
import { MSP, PARTY, YESTERDAY, type PartyName } from './facts.js';
import { identityOf } from './people.js';
import { crowded, enteredBy, placesIn } from './places.js';
import {
  all,
  as,
  callerOf,
  codeOf,
  outcomeOf,
  party,
  placesOf,
  redrawnBy,
  repeated,
  taken,
  ticket,
  writtenBy,
  type Change,
  type Scene,
  type Written,
} from './scene.js';

/** One way in which a call can be wrong, and where it says so what the refusal names. */
export type Row = readonly [code: ErrorCode, what: string, breaks: Change, data?: ErrorData];

interface Table {
  /** What is known of the command. */
  readonly of: Pick<Case, 'name' | 'by' | 'for' | 'fourEyes' | 'commits' | 'unopened' | 'repeat'>;
  readonly scene: Scene;
  /** Who acts, where that is somebody else than in the case. */
  readonly party?: PartyName;
  /** What is wrong in the books, or with an id: found before all that is decided. In no order. */
  readonly books?: readonly Row[];
  /** What is opened and counts for nothing: found once the registry was read. In no order. */
  readonly unvouched?: readonly Row[];
  /** Callers, where they are not the people of a party. */
  readonly callers?: readonly Row[];
  /** The rule's own refusals that no order can be seen of. */
  readonly loose?: readonly Row[];
  /** The rule's own refusals, in their order. */
  readonly rules: readonly Row[];
  /** Codes of the command that are met only in another scene, which has a table of its own. */
  readonly elsewhere?: readonly ErrorCode[];
  readonly writes: Written;
  /** MSP ids of the organisations in whose books it takes a place, because they have not asked for it. */
  readonly enters?: readonly string[];
  /** What it comes to while every party is suspended, where it is not for one that begins something new, and is refused all the same. */
  readonly suspended?: ErrorCode;
  /** What the same call once more comes to, where that is something else than in the case. */
  readonly again?: ErrorCode;
}

/** Describes a command. */
export function describeCommand(table: Table): void {
  const {
    of,
    scene,
    books = [],
    unvouched = [],
    callers = [],
    loose = [],
    enters,
    writes,
    again = of.repeat ?? 'replayed',
  } = table;
  const rules = rulesOf(table);
  const people = Array.isArray(of.for) ? wrongCallers(table) : callers;
  const hasTicket = of.fourEyes === 'ticket' ? true : undefined;
  const tickets = hasTicket === true ? wrongTickets(table) : [];
  const { by, fourEyes, refuses } = DEFINITIONS[scene.name] as CommandDefinition;

  describe(scene.name, () => {
    it('is for the people that its definition names', () => {
      expect([scene.name, fourEyes]).toEqual([of.name, hasTicket]);
      const said = 'duties' in by ? [by.duties, by.commits] : [by.anyone, undefined];
      expect(said).toEqual([of.for, of.commits]);
    });

    it('writes what a right call writes, under the right policies', async () => {
      expect(await writtenBy(scene)).toEqual(writes);
    });

    it('takes a place in the books that it enters, and in no other', async () => {
      expect(await enteredBy(scene)).toEqual(placesIn(scene, enters));
    });

    it('takes the same call again as a repeat, and writes nothing where nothing was lost', async () => {
      expect(await repeated(scene)).toBe(again);
    });

    it.each([...books, ...unvouched, ...people, ...tickets, ...loose, ...rules])(
      'refuses with %s: %s',
      async (...[code, , breaks, data]: Row) => {
        expect(await outcomeOf(breaks(scene))).toEqual({ refused: code, data: data ?? expect.anything() });
      },
    );

    if (Array.isArray(of.for)) {
      it('is taken of a suspended party, and while all parties are, where it begins nothing new', async () => {
        const outcome = of.commits === true ? 'PARTY_SUSPENDED' : 'taken';
        expect(await codeOf(party(actorOf(table), SUSPENDED)(scene))).toBe(outcome);
        const everybody = all(...(Object.keys(PARTY) as PartyName[]).map((name) => party(name, SUSPENDED)));
        expect(await codeOf(everybody(scene))).toBe(table.suspended ?? outcome);
      });
    }

    it('finds what is wrong in its order', async () => {
      const found: unknown[] = [];
      for (const [first, second] of pairsOf([
        placesOf(scene).length === 0 ? [] : [[STALE]],
        [unvouched],
        byCode(people),
        byCode(tickets),
        byCode(rules),
      ])) {
        // The first breaks last, so that it is broken whatever the second did.
        const code = await codeOf(first[2](second[2](scene)));
        if (code !== first[0]) found.push({ first: first.slice(0, 2), second: second.slice(0, 2), code });
      }
      expect(found).toEqual([]);
    });

    it('needs every record that it relies on, as it stands in every book that vouches for it', async () => {
      for (const { kind, id, mspId } of placesOf(scene)) {
        const hidden = await outcomeOf(scene, [`${kind}/${id}`]);
        const code = 'refused' in hidden ? hidden.refused : 'taken';
        expect([kind, code]).toEqual([kind, of.unopened?.[kind] ?? 'OPENING_MISSING']);
        expect([kind, mspId, await codeOf(taken(mspId, kind, id)(scene))]).toEqual([kind, mspId, 'OPENING_MISMATCH']);
      }
    });

    it('refuses with exactly the codes that its definition names', () => {
      expect(codesOf(table)).toEqual([...refuses].sort());
    });
  });
}

const SUSPENDED = { status: 'SUSPENDED' } as const;

/** Neighbours with one code stand together; between codes the order counts. */
function byCode(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]?.[0] === row[0]) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** Every row with the first and the last of each group behind its own. */
function* pairsOf(stages: readonly (readonly (readonly Row[])[])[]): Generator<readonly [Row, Row]> {
  const groups = stages.flat();
  for (const [index, group] of groups.entries()) {
    const behind = groups.slice(index + 1).flatMap((rows) => [...new Set([rows.at(0), rows.at(-1)])]);
    for (const first of group) for (const second of behind) if (second !== undefined) yield [first, second];
  }
}

/** Something else stands where an opened record should. What is expected of the books is found before all that is decided. */
const STALE: Row = [
  'OPENING_MISMATCH',
  'a record has moved on',
  (scene) => {
    const [place] = placesOf(scene);
    return place === undefined ? scene : taken(place.mspId, place.kind, place.id)(scene);
  },
];

/** The rule's own refusals, and behind them those of the books that the call enters. */
const rulesOf = ({ scene, rules, enters = [] }: Table): Row[] => [
  ...rules,
  ...enters.map((mspId) => crowdedRow(scene, mspId)),
];

/** Every code of the rule, once. What is met elsewhere is not met here. */
function codesOf(table: Table): ErrorCode[] {
  const { books = [], loose = [], elsewhere = [] } = table;
  const met = new Set([...books, ...loose, ...rulesOf(table)].map(([code]) => code));
  return [...met, ...elsewhere].sort();
}

/** Every place at which the call looks is taken today. */
const crowdedRow = ({ name }: Scene, mspId: string): Row => [
  'QUOTA_REACHED',
  `the book of ${mspId} has no place left today`,
  crowded(mspId),
  { mspId, command: name, limit: '5000' },
];

const DUTIES: readonly Duty[] = ['maker', 'checker', 'viewer'];

/** A step that any operator takes who may act at all, for whatever party. */
export const BY_ANYBODY = { for: 'operator' } as const;

/** Who may not take a step that is for any operator who may act at all. */
export const operatorRows = (name: PartyName): readonly Row[] => [
  [
    'CALLER_NOT_REGISTERED',
    'the caller is no operator',
    ({ caller: { operator: _gone, ...caller }, ...rest }) => ({ ...rest, caller }),
  ],
  ['CALLER_NOT_ALLOWED', 'the caller only reads', as(callerOf(name, ['viewer']))],
];

/** Who acts. */
const actorOf = ({ of: { by }, party: actor }: Table): PartyName => actor ?? (by[0] as PartyName);
const strangerTo = (name: PartyName): PartyName => (name === 'contractor' ? 'supplier' : 'contractor');

/** Everyone who may not act for a party with one of `duties`. */
function wrongCallers(table: Table): Row[] {
  const { for: allowed, commits } = table.of;
  const name = actorOf(table);
  const duties = allowed as readonly Duty[];
  const stranger = strangerTo(name);
  const others = DUTIES.filter((duty) => !duties.includes(duty));
  const operator = { duties, parties: [PARTY[name].id] };
  const nobody: Change = ({ caller: { operator: _gone, ...person }, ...scene }) => ({ ...scene, caller: person });
  const elsewhere = (changes: Parameters<typeof as>[0]): Change =>
    all(redrawnBy(MSP[stranger]), as({ ...callerOf(stranger, duties), ...changes }), ticket({ party: PARTY[name].id }));
  const rows: Row[] = [
    ['CALLER_NOT_REGISTERED', 'the caller is no operator', nobody],
    ['CALLER_NOT_REGISTERED', 'the caller is an administrator, but no operator', all(nobody, as({ admin: true }))],
    ['CALLER_NOT_ALLOWED', 'the caller acts for another party', elsewhere({})],
    ['CALLER_NOT_ALLOWED', 'the caller of another organisation claims the party', elsewhere({ operator })],
    [
      'CALLER_NOT_ALLOWED',
      'the caller of the organisation acts for another of its parties',
      as({ operator: { duties, parties: [PARTY[stranger].id] } }),
    ],
    [
      'CALLER_NOT_ALLOWED',
      `the caller is only ${others.join(' and ')}`,
      as({ operator: { ...operator, duties: others } }),
    ],
    ['CALLER_NOT_ALLOWED', 'the caller has no duty any more', as({ operator: { ...operator, duties: [] } })],
  ];
  const suspended: Row = [
    'PARTY_SUSPENDED',
    'the party is suspended',
    party(name, { status: 'SUSPENDED' }),
    { party: PARTY[name].id },
  ];
  return commits === true ? [...rows, suspended] : rows;
}

/** Every ticket that does not fit. */
function wrongTickets(table: Table): Row[] {
  const { caller } = table.scene;
  return [
    ['TICKET_MISMATCH', 'the ticket is for another party', ticket({ party: PARTY[strangerTo(actorOf(table))].id })],
    ['TICKET_MISMATCH', 'the ticket is for another command', ticket({ command: 'another:command' })],
    ['TICKET_MISMATCH', 'the ticket is for another content', ticket({ payload: '{"private":{},"request":{}}' })],
    ['SAME_PERSON', 'the checker made the ticket', ticket({ maker: identityOf(caller) })],
    ['TICKET_EXPIRED', 'the ticket expired yesterday', ticket({ expiresOn: YESTERDAY })],
    ['TICKET_TERM', 'the ticket could be used for years', ticket({ expiresOn: '2036-11-23' })],
  ];
}
