/** Writes docs/API.md from the catalogue of commands, and the tables of README, client README and ARCHITECTURE that follow from it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'oxfmt';
import ts from 'typescript-api';
import { FIELDS } from './fields.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const chaincode = createRequire(join(ROOT, 'chaincode/package.json'));
const { z } = chaincode('zod');
const { CLASS_OF, commands, ERROR_CLASSES, ERRORS, LIMITS, NOT_CURRENT, zChange } =
  chaincode('./dist/protocol/index.js');
const { CERTIFICATE_STATES, CERTIFICATE_STEPS, SLICE_STATES, SLICE_STEPS } = chaincode('./dist/domain/states.js');
const { DECIDERS } = chaincode('./dist/domain/registry.js');
const { RECORDS } = chaincode('./dist/records/index.js');
const schemas = chaincode('./dist/protocol/schemas.js');

/** Named types: schema, what it is with its unit, and the codes it may be refused with. */
const TYPES = {
  id: [
    'zId',
    'Record id, `<register>~<drawer>~<random>`: MSP id of the organisation whose book keeps the record, MSP id of the one that drew the id, and 16 to 64 letters, digits, `-`, `_` with at least 64 random bits',
    'ID_MALFORMED',
  ],
  reference: ['zReference', '16 to 64 letters, digits, `-`, `_`, at least 64 random bits', 'ID_MALFORMED'],
  party: ['zParty', 'LEI (ISO 17442) or USCI (GB 32100) with a valid check', 'IDENTIFIER_CHECKSUM'],
  currency: ['zCurrency', 'ISO 4217 code of the frozen table', 'CURRENCY_UNKNOWN'],
  amount: [
    'zAmount',
    'Minor units of the currency beside it, as digits: above 0, at most 10^18',
    'AMOUNT_MALFORMED',
    'AMOUNT_OUT_OF_RANGE',
  ],
  total: ['zTotal', 'Minor units of a currency, as digits: 0, or above it', 'AMOUNT_MALFORMED'],
  rate: [
    'zRate',
    `Per cent a year, as digits with a point: above 0, below ${LIMITS.ratePerCent}, with at most ${LIMITS.rateDecimals} decimals`,
    'RATE_MALFORMED',
  ],
  date: ['zDate', 'Calendar date `YYYY-MM-DD`, 1900 to 2199', 'DATE_MALFORMED'],
  account: [
    'zAccount',
    "`{ scheme, id }` in electronic form, without blanks and dashes: `IBAN` with check digits that agree (ISO 13616), or `OTHER`, the bank's own number of 1 to 34 letters and digits that is no IBAN",
    'ACCOUNT_MALFORMED',
  ],
  interestPayer: [
    'zInterestPayer',
    `\`{ "kind": "SELLER" }\`, \`{ "kind": "ISSUER" }\`, or \`{ "kind": "SHARED", "issuerBasisPoints": n }\` with a whole n from 1 to ${LIMITS.basisPoints - 1}`,
  ],
  uetr: ['zUetr', 'UUID version 4, lower case', 'UETR_MALFORMED'],
  mspId: ['zMsp', 'MSP id: 1 to 64 letters, digits, `.`, `-`'],
  hash: ['zHash', 'SHA-256 in lower-case hex'],
  text: ['zText', `Text of 1 to ${LIMITS.text} letters without control characters`],
  count: ['zCount', 'Whole number from 0 to 10000'],
};
const NAME_OF = new Map([
  [zChange, 'change'],
  ...Object.entries(TYPES).map(([name, [schema]]) => [schemas[schema], name]),
]);

const unique = (items) => [...new Set(items)];
const code = (text) => `\`${text}\``;
const codes = (list) => unique(list).map(code).join(', ');
const cell = (text) => text.replaceAll('|', '\\|');
const table = (head, rows) => [
  `| ${head.join(' | ')} |`,
  `| ${head.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

// What the sources say in comments, read by the compiler's own parser

function sourceFiles(folder) {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

const parse = (path) => ts.createSourceFile(path, readFileSync(join(ROOT, path), 'utf8'), ts.ScriptTarget.Latest, true);

function commentOf(node) {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return doc === undefined ? undefined : ts.getTextOfJSDocComment(doc.comment)?.replace(/\s+/g, ' ');
}

/** What is said of the fields of object literals, by field name: in a whole file, or in one constant of it. */
function fieldNotes(path, constant) {
  const notes = new Map();
  const visit = (node) => {
    if (ts.isPropertyAssignment(node)) {
      const note = commentOf(node);
      if (note !== undefined) notes.set(node.name.getText(), note);
    }
    ts.forEachChild(node, visit);
  };
  const isMeant = (node) => constant === undefined || node.declarationList?.declarations[0].name.getText() === constant;
  parse(path).statements.filter(isMeant).forEach(visit);
  return notes;
}

/** What is said of the constants that a file exports, by name; a name of its own has the comment in the list of exports. */
function constantNotes(path) {
  const { statements } = parse(path);
  const renamed = statements.filter(ts.isExportDeclaration).flatMap((node) => node.exportClause?.elements ?? []);
  return new Map([
    ...statements
      .filter(ts.isVariableStatement)
      .map((node) => [node.declarationList.declarations[0].name.getText(), commentOf(node) ?? '']),
    ...renamed.map((node) => [node.name.getText(), commentOf(node) ?? '']),
  ]);
}

/** The kind of record that takes over fields of a call, and what is said of them. */
const RECORD_OF = {
  'ticket:prepare': 'ticket',
  'line:open': 'line',
  'document:claim': 'claim',
  'document:credit': 'claim',
  'certificate:draft': 'draft',
  'certificate:confirm': 'confirmation',
  'slice:present': 'presentment',
  'payment:report': 'payment',
  'payment:attest': 'attestation',
};
const recordFile = (kind) => `chaincode/src/protocol/records/${kind}.ts`;

/** The constants of the registry's records whose fields a change has. */
const CHANGED = { party: 'zPartyRecord', operator: 'zOperator', policy: 'zPolicy', calendar: 'zCalendar' };

// JSON Schema as text

/** JSON Schema with the named types marked by their title. */
function jsonSchema(schema) {
  const override = ({ zodSchema, jsonSchema: json }) => {
    const name = NAME_OF.get(zodSchema);
    if (name !== undefined) json.title = name;
  };
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any', override });
}

const range = (min, max) => (min === undefined && max === undefined ? '' : ` (${min ?? 0} to ${max ?? 'any'})`);
const fieldsOf = ({ properties = {}, required = [] }) =>
  Object.entries(properties).map(([name, json]) => `${name}${required.includes(name) ? '' : '?'}: ${typeOf(json)}`);

/** How each kind of schema is written; the first that fits. */
const WRITTEN = [
  [(json) => json.title !== undefined, (json) => json.title],
  [(json) => json.const !== undefined, (json) => JSON.stringify(json.const)],
  [(json) => json.enum !== undefined, (json) => json.enum.map((each) => JSON.stringify(each)).join(' | ')],
  [(json) => (json.oneOf ?? json.anyOf) !== undefined, (json) => (json.oneOf ?? json.anyOf).map(typeOf).join(' | ')],
  [
    (json) => json.type === 'array',
    (json) => `${bracketed(typeOf(json.items))}[]${range(json.minItems, json.maxItems)}`,
  ],
  [(json) => json.type === 'object', (json) => `{ ${fieldsOf(json).join(', ')} }`],
  [(json) => json.type === 'integer', (json) => `integer${range(json.minimum, json.maximum)}`],
  [(json) => json.type === 'string', (json) => `string${range(undefined, json.maxLength)}`],
  [(json) => json.type !== undefined, (json) => json.type],
  [() => true, () => 'any JSON'],
];
const typeOf = (json) => WRITTEN.find(([fits]) => fits(json))[1](json);
const bracketed = (type) => (type.includes(' | ') ? `(${type})` : type);

/** Names of the types that a schema uses, however deep. */
function typesIn(json) {
  if (typeof json !== 'object' || json === null) return [];
  return [...(TYPES[json.title] === undefined ? [] : [json.title]), ...Object.values(json).flatMap(typesIn)];
}

const FIELDS_USED = new Set();

/** What a field of a transaction or change means, by the first that says so: its own source, the table, the record that takes it over. */
function noteOf(about, name, { own, taken }) {
  if (own.has(name)) return own.get(name);
  const key = [`${about}.${name}`, name].find((each) => FIELDS[each] !== undefined);
  if (key === undefined) return taken.get(name) ?? '';
  FIELDS_USED.add(key);
  return FIELDS[key];
}

function fieldRows({ properties = {}, required = [] }, about, notes) {
  return Object.entries(properties).map(([name, field]) => {
    const note = [required.includes(name) ? '' : 'Optional.', noteOf(about, name, notes)]
      .filter((text) => text !== '')
      .join(' ');
    return [code(name), cell(code(typeOf(field))), cell(note)];
  });
}

function partTable(title, schema, about, notes) {
  const rows = fieldRows(jsonSchema(schema), about, notes);
  return rows.length === 0 ? [] : [`${title}:`, '', ...table(['field', 'type', ''], rows)];
}

// Who, and what is refused

const CALLERS = {
  operator: 'an operator of the organisation, as maker or checker',
  administrator: 'an administrator of the organisation',
  'who decides the change': 'whoever decides the kind of change',
};

function whoOf({ kind, by, fourEyes }) {
  if (kind === 'evaluate') return 'anyone of the organisation';
  if (by.anyone !== undefined) return CALLERS[by.anyone];
  const parties = by.party.split(', or ').map((party) => (/^(the|its) /.test(party) ? party : `the ${party}`));
  return `a ${by.duties.join(' or ')} of ${parties.join(' or ')}${fourEyes === true ? ', with a ticket' : ''}`;
}

/** Codes that any transaction may be refused with before it is looked at. */
const READING = ['REQUEST_TOO_LARGE', 'REQUEST_MALFORMED'];
const OPENING = ['OPENING_MISSING', 'OPENING_MALFORMED', 'OPENING_MISMATCH', 'MSP_UNKNOWN'];
const REGISTRY = ['PARTY_UNKNOWN', 'PARTY_ROLE', 'SAME_ORGANIZATION', 'BUSINESS_DATE_MISSING'];
const FOUR_EYES = ['TICKET_MISMATCH', 'SAME_PERSON', 'TICKET_EXPIRED', 'TICKET_TERM'];

const callerCodes = ({ by, fourEyes }) => [
  'CALLER_NOT_ALLOWED',
  ...(by.anyone === 'administrator' || by.anyone === 'who decides the change' ? ['CALLER_NOT_ADMIN'] : []),
  ...(by.anyone === 'administrator' ? [] : ['CALLER_NOT_REGISTERED']),
  ...(by.commits === true ? ['PARTY_SUSPENDED'] : []),
  ...(fourEyes === true ? FOUR_EYES : []),
];

function refusals(noun, spec) {
  const hasPrivate = Object.keys(jsonSchema(spec.private).properties ?? {}).length > 0;
  const types = unique([...typesIn(jsonSchema(spec.request)), ...typesIn(jsonSchema(spec.private))]);
  const isOfRegistry = noun === 'registry';
  const reading = [
    ...READING,
    ...types.flatMap((type) => TYPES[type].slice(2)),
    ...(hasPrivate ? ['PRIVATE_MISSING'] : []),
    ...(isOfRegistry ? [] : ['SEED_INVALID']),
  ];
  const steps = [
    `reading: ${codes(reading)}`,
    ...(isOfRegistry ? [] : [`opening, and the registry: ${codes([...OPENING, ...REGISTRY])}`]),
    `the caller: ${codes(callerCodes(spec))}`,
    ...(spec.refuses.length === 0 ? [] : [`its own: ${codes(spec.refuses)}`]),
  ];
  return ['Refused with:', '', ...steps.map((step, index) => `${index + 1}. ${step}`), ''];
}

function section(noun, verb, spec) {
  const path = `chaincode/src/protocol/commands/${noun}/${verb}.ts`;
  const name = `${noun}:${verb}`;
  const isSubmit = spec.kind === 'submit';
  const kind = isSubmit
    ? `Submit, by ${whoOf(spec)}. Event ${code(spec.event)}.`
    : 'Evaluate. It only reads; never submit it.';
  const asked = noun === 'command' ? ', and every code of the command that is planned' : '';
  const refused = isSubmit
    ? refusals(noun, spec)
    : [`Refused with: ${codes([...READING, ...spec.refuses])}${asked}.`, ''];
  const taken = RECORD_OF[name];
  const notes = { own: fieldNotes(path), taken: taken === undefined ? new Map() : fieldNotes(recordFile(taken)) };
  // A private part that is taken over whole is described where the record is.
  const whole = { ...notes, own: new Map([...notes.taken, ...notes.own]) };
  return [
    `### ${code(name)}`,
    '',
    constantNotes(path).get(verb) ?? '',
    '',
    kind,
    '',
    ...partTable('Request', spec.request, name, notes),
    ...partTable('Private part', spec.private, name, whole),
    ...refused,
  ];
}

function stepsTable(steps) {
  return table(
    ['step', 'from'],
    Object.entries(steps).map(([step, from]) => [code(step), codes(from)]),
  );
}

const APPROVERS = {
  FOUNDERS: 'administrators of a majority of the founders',
  OWN_ADMINS: 'two administrators of the organisation itself',
  OPERATORS: 'two operators of each of two organisations of the founding, one of them a registered bank',
};

/** One change of a proposal: who approves it, and its fields. */
function changeSection(change) {
  const { kind, ...fields } = change.properties;
  const inner = Object.values(fields).find(({ type, title }) => type === 'object' && title === undefined);
  const json = inner ?? { properties: fields, required: Object.keys(fields) };
  const [name] = Object.keys(fields);
  return [
    `### \`${kind.const}\``,
    '',
    `Approved by ${APPROVERS[DECIDERS[kind.const]]}. \`{ "kind": "${kind.const}", "${name}": ${inner === undefined ? '…' : '{ … }'} }\` with:`,
    '',
    ...table(
      ['field', 'type', ''],
      fieldRows(json, kind.const, {
        own: fieldNotes(recordFile('registry'), CHANGED[kind.const] ?? ''),
        taken: new Map(),
      }),
    ),
  ];
}

const all = Object.entries(commands).flatMap(([noun, verbs]) =>
  Object.entries(verbs).map(([verb, spec]) => ({ noun, verb, name: `${noun}:${verb}`, spec })),
);

const INTRODUCTION = `# Transactions, events, errors, limits

Generated by \`npm run docs\` from \`chaincode/src\`. Do not edit.

A transaction is called by its name, \`noun:verb\`, with one JSON argument, the request. The request holds only ids, because
arguments are in the block. Private fields travel in the transient map: \`private\` (JSON, the private part), \`openings\` (a JSON
object from \`kind/id\` to stored bytes) and \`seed\` (32 random bytes, not needed by \`registry:*\`). The client library fills all
three. With the \`peer\` command, take them from \`command:open\`.

A submit answers \`{"replayed": false}\`. It answers \`{"replayed": true}\` if the same content is on the ledger already, so that
there is nothing to submit. Queries answer what the book of the caller's organisation holds.

A transaction is checked in numbered steps, and it reports the first code that applies. Within the last step, the codes are checked
in the order given. There is one exception. If the books do not hold what the transaction expects (\`OPENING_MISMATCH\`, \`ID_TAKEN\`,
\`CONFIRMATION_EXISTS\`, \`DOCUMENT_CLAIMED\`, \`UETR_USED\` and similar codes), that code comes before every code of the rule, because
the rule may then have worked with records that are not current. In a plan, \`NOT_FOUND\` takes the place of \`OPENING_MISSING\`: the
caller's own book lacks the record. Every call can also end with \`INTERNAL\` or with a code of the client side.`;

function page() {
  const types = Object.entries(TYPES).map(([name, [, note, ...refused]]) => [
    code(name),
    note,
    codes(refused.length === 0 ? ['REQUEST_MALFORMED'] : refused),
  ]);
  const changes = jsonSchema(zChange);
  const limitNotes = fieldNotes('chaincode/src/protocol/limits.ts');
  return [
    ...[INTRODUCTION, '', '## Types', '', ...table(['type', 'what it is', 'refused with'], types)],
    ...Object.entries(commands).flatMap(([noun, verbs]) => [
      `## ${code(noun)}`,
      '',
      ...Object.entries(verbs).flatMap(([verb, spec]) => section(noun, verb, spec)),
    ]),
    ...['## Registry changes', '', ...(changes.oneOf ?? changes.anyOf).flatMap(changeSection)],
    ...['## Steps of a certificate', '', ...stepsTable(CERTIFICATE_STEPS)],
    ...['## Steps of a slice', '', ...stepsTable(SLICE_STEPS)],
    ...[
      '## Records that can be restored',
      '',
      `${codes(Object.keys(RECORDS).filter((kind) => RECORDS[kind].restorable))}.`,
      '',
    ],
    ...[
      '## Events',
      '',
      'The payload is `{"transaction": name, "ids": the ids of the request}`. An event proves nothing, so read your own book.',
      '',
      ...table(
        ['event', 'of'],
        all.filter(({ spec }) => spec.kind === 'submit').map(({ name, spec }) => [code(spec.event), code(name)]),
      ),
    ],
    ...[
      '## Errors',
      '',
      ...table(
        ['class', 'what to do'],
        Object.entries(ERROR_CLASSES).map(([name, meaning]) => [code(name), cell(meaning)]),
      ),
      ...table(
        ['code', 'class', 'meaning'],
        Object.entries(ERRORS).map(([name, meaning]) => [code(name), CLASS_OF[name], cell(meaning)]),
      ),
    ],
    ...[
      '## Rows that do not count',
      '',
      ...table(
        ['reason', 'meaning'],
        Object.entries(NOT_CURRENT).map(([name, meaning]) => [code(name), meaning]),
      ),
    ],
    ...[
      '## Limits',
      '',
      ...table(
        ['limit', 'value', ''],
        Object.entries(LIMITS).map(([name, value]) => [code(name), String(value), limitNotes.get(name) ?? '']),
      ),
    ],
  ].join('\n');
}

/** How a command is called by the client; queries of the book are readers there. */
const CLIENT = {
  'book:get': '`book.<kind>.get`',
  'book:list': '`book.<kind>.list`, `.all`',
  'command:open': '',
  'command:plan': '`sender.plan`',
};

/** What else the client has under a noun, by hand: it is code of the client alone. */
const BESIDES = { ticket: ['read'] };

/** A move as the docs name it. */
const moveOf = (move) => (move === 'the date' ? 'the date moves on' : code(move));

/** How a state goes on without each side. */
const silences = ({ without }) =>
  Object.entries(without)
    .map(([side, moves]) => `${side}: ${moves.length === 0 ? 'nobody else waits' : moves.map(moveOf).join(', ')}`)
    .join('; ');

const statesTable = (what, states) =>
  table(
    [what, 'who signs for its key', 'steps out of it', 'by the date', 'goes on without'],
    Object.entries(states).map(([state, row]) => [
      code(state),
      row.key,
      Object.entries(row.steps)
        .map(([step, side]) => `${code(step)} (${side})`)
        .join(', '),
      row.lapses === undefined ? '' : code(row.lapses),
      silences(row),
    ]),
  );

/** What a valid call of each command touches, as it was recorded. */
const FOOTPRINTS = JSON.parse(readFileSync(join(ROOT, 'test/golden/footprints.json'), 'utf8'));

/** Texts that say something, each behind what it is about. */
const parts = (entries) =>
  entries
    .filter(([, text]) => text !== '')
    .map(([about, text]) => (about === '' ? text : `${about}: ${text}`))
    .join('; ');

const TABLES = {
  footprints: () =>
    table(
      ['command', 'endorsed by', 'writes', 'relies on', 'key policies after'],
      all
        .filter(({ spec }) => spec.kind === 'submit')
        .map(({ name }) => {
          const { endorsers, registers, copies, deleted, present, absent, policies } = FOOTPRINTS[name];
          return [
            code(name),
            endorsers,
            parts([
              ['', registers],
              ['copies', copies],
              ['deletes', deleted],
            ]),
            parts([
              ['', present],
              ['absent', absent],
            ]),
            cell(policies),
          ];
        }),
    ),
  states: () => [...statesTable('certificate', CERTIFICATE_STATES), ...statesTable('slice', SLICE_STATES)],
  resources: () =>
    table(
      ['noun', 'writes', 'reads'],
      Object.entries(commands)
        .filter(([noun]) => noun !== 'command' && noun !== 'book')
        .map(([noun, verbs]) => {
          const of = (kind) => Object.keys(verbs).filter((verb) => verbs[verb].kind === kind);
          return [code(noun), codes(of('submit')), codes([...of('evaluate'), ...(BESIDES[noun] ?? [])])];
        })
        .concat([['`book`', '`restore`', '`<kind>.get`, `<kind>.list`, `<kind>.all`']]),
    ),
  transactions: () =>
    table(
      ['transaction', 'client', 'who', 'what'],
      all.map(({ noun, verb, name, spec }) => [
        code(name),
        CLIENT[name] ?? code(`${noun}.${verb}`),
        whoOf(spec),
        spec.summary,
      ]),
    ),
};

/** Files with tables between `<!-- derived: name -->` and `<!-- /derived -->`. */
const WITH_TABLES = ['README.md', 'client/README.md', 'docs/ARCHITECTURE.md'];

function withTables(text) {
  return text.replaceAll(
    /(<!-- derived: (\w+) -->\n)[^]*?(<!-- \/derived -->)/g,
    (_all, open, name, close) => `${open}\n${TABLES[name]().join('\n')}\n${close}`,
  );
}

const STYLE = JSON.parse(readFileSync(join(ROOT, '.oxfmtrc.json'), 'utf8'));
const pretty = async (path, text) => (await format(path, text, STYLE)).code;
const wanted = new Map([
  ['docs/API.md', `<!-- oxfmt-ignore-start -->\n${page()}\n<!-- oxfmt-ignore-end -->\n`],
  ...WITH_TABLES.map((path) => [path, withTables(readFileSync(join(ROOT, path), 'utf8'))]),
]);
const unused = Object.keys(FIELDS).filter((key) => !FIELDS_USED.has(key));
if (unused.length > 0)
  throw new Error(`scripts/fields.mjs describes what no transaction has, or what is described beside it: ${unused}`);
const stale = [];
for (const [path, made] of wanted) {
  const text = await pretty(path, made);
  if (readFileSync(join(ROOT, path), 'utf8') === text) continue;
  stale.push(path);
  if (!process.argv.includes('--check')) writeFileSync(join(ROOT, path), text);
}
if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`${stale.join(', ')}: stale. Write anew: npm run docs`);
  process.exitCode = 1;
} else {
  console.log(stale.length === 0 ? 'the docs are current' : `written: ${stale.join(', ')}`);
}
