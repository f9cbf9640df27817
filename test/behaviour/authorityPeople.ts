/** Who may take which step of a deal: every command by every operator, by hand from "who may do what (deny by default)". */
import type { PartyName } from '../support/world.js';
import type { CommandName } from './dealStep.js';

/** Columns of the table: maker and checker of each organisation. */
export const OPERATORS = [
  ['issuer', 'maker'],
  ['issuer', 'checker'],
  ['bank', 'maker'],
  ['bank', 'checker'],
  ['supplier', 'maker'],
  ['supplier', 'checker'],
  ['contractor', 'maker'],
  ['contractor', 'checker'],
  ['operator', 'maker'],
  ['operator', 'checker'],
] as const;

/**
 * `ok` allowed, `--` CALLER_NOT_ALLOWED, `ow` OPENING_MISMATCH (it rests on a ticket or a draft in another organisation's own
 * book), `id` ID_FOREIGN (it names a new record that another organisation drew), `ad` CALLER_NOT_ADMIN, `fo` REGISTRY_FOUNDED (by
 * the rightful one the call is a repeat). Whoever is handed the bytes of a record may keep them in the book of its own organisation: `restore`.
 */
const TABLE = `
                             issuer  bank    supplier contractor operator
                             m  c    m  c    m  c     m  c       m  c
registry:adopt               ad ad   ad ad   ad ad    ad ad      ad ad
registry:bootstrap           fo fo   fo fo   fo fo    fo fo      fo fo
registry:propose             id id   ad ad   id id    id id      id id
registry:approve             ad ad   ad ad   ad ad    ad ad      ad ad
registry:preserve            ad ad   ad ad   ad ad    ad ad      ad ad
ticket:prepare               id id   ok --   id id    id id      id id
line:open                    id id   -- ok   id id    id id      id id
document:claim            ok ok   -- --   -- --    -- --      -- --
certificate:draft            ok --   id id   id id    id id      id id
certificate:submit           -- ok   ow ow   ow ow    ow ow      ow ow
certificate:confirm          ow ow   -- ok   ow ow    ow ow      ow ow
certificate:offer            -- --   ok ok   -- --    -- --      -- --
certificate:accept           id id   id id   ok ok    id id      id id
slice:split                  id id   id id   ok ok    id id      id id
slice:offer                  ow ow   ow ow   -- ok    ow ow      ow ow
slice:decline                -- --   -- --   -- --    ok ok      -- --
slice:accept                 -- --   -- --   -- --    ok ok      -- --
book:restore                 ok ok   ok ok   ok ok    ok ok      ok ok
certificate:reject           -- --   ok ok   -- --    -- --      -- --
certificate:unwind           -- --   ok ok   -- --    -- --      -- --
certificate:decline          -- --   -- --   ok ok    -- --      -- --
slice:present                id id   id id   ok ok    id id      id id
presentment:withdraw         -- --   -- --   ok ok    -- --      -- --
presentment:reopen           -- --   ok ok   -- --    -- --      -- --
payment:report               -- --   ok ok   -- --    -- --      -- --
payment:attest               ow ow   -- ok   ow ow    ow ow      ow ow
presentment:acknowledge      -- --   -- --   ok ok    -- --      -- --
presentment:discharge        -- --   ok ok   -- --    -- --      -- --
certificate:redeem           -- --   ok ok   -- --    -- --      -- --
`;

const CODES: Readonly<Record<string, string>> = {
  ok: 'ok',
  '--': 'CALLER_NOT_ALLOWED',
  ow: 'OPENING_MISMATCH',
  id: 'ID_FOREIGN',
  ad: 'CALLER_NOT_ADMIN',
  fo: 'REGISTRY_FOUNDED',
};

/** Where parties share an organisation, one pair of hands has what any of them has; what it can show and may not do is the least. */
const BEST: readonly string[] = [
  ...['ok', 'REGISTRY_FOUNDED', 'CALLER_NOT_ADMIN', 'CALLER_NOT_ALLOWED', 'OPENING_MISMATCH', 'ID_FOREIGN'],
];

/** What each operator meets, in the order of {@link OPERATORS}, when some parties live together. */
export function expectedOf(name: CommandName, together: (one: PartyName, other: PartyName) => boolean): string[] {
  const codes = rowOf(name);
  return OPERATORS.map(([party, duty]) => {
    const same = codes.filter((_, at) => {
      const [other, otherDuty] = OPERATORS[at] ?? [party, duty];
      return otherDuty === duty && together(party, other);
    });
    return BEST.find((code) => same.includes(code)) ?? '';
  });
}

function rowOf(name: CommandName): string[] {
  const row = TABLE.split('\n').find((line) => line.startsWith(`${name} `));
  if (row === undefined) throw new Error(`no row for ${name}`);
  return row
    .split(/\s+/)
    .slice(1)
    .map((mark) => CODES[mark] ?? mark);
}

/** What those of the acting organisation meet who are no operators: its administrator and an enrolled stranger. */
export const UNREGISTERED: Readonly<Record<'admin' | 'stranger', (name: CommandName) => string>> = {
  admin: (name) => (name.startsWith('registry:') ? 'ok' : 'CALLER_NOT_REGISTERED'),
  stranger: (name) => {
    if (name === 'registry:bootstrap') return 'REGISTRY_FOUNDED';
    return name.startsWith('registry:') ? 'CALLER_NOT_ADMIN' : 'CALLER_NOT_REGISTERED';
  },
};
