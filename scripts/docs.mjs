/**
 * Writes docs/API.md from the protocol as it is built, and from the rules' own sources; with --check it only says whether
 * the page is current.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGE = join(ROOT, 'docs/API.md');
const chaincode = createRequire(join(ROOT, 'chaincode/package.json'));
const { z } = chaincode('zod');
const { ERRORS, EVENTS, LIMITS, TRANSACTIONS, zChange } = chaincode('./dist/protocol/index.js');
const { CERTIFICATE_STEPS, SLICE_STEPS } = chaincode('./dist/domain/lifecycle.js');
const { DECIDERS } = chaincode('./dist/domain/registry.js');
const schemas = chaincode('./dist/protocol/schemas.js');

/** Named types: schema, what it is with its unit, and the codes it may be refused with. */
const TYPES = {
  id: [
    'zId',
    'Record id, drawn by the caller: 16 to 64 letters, digits, `-`, `_`, at least 64 random bits',
    'ID_MALFORMED',
  ],
  party: ['zParty', 'LEI (ISO 17442) or USCI (GB 32100) with a valid check', 'IDENTIFIER_CHECKSUM'],
  currency: ['zCurrency', 'ISO 4217 code of the frozen table', 'CURRENCY_UNKNOWN'],
  amount: [
    'zAmount',
    'Minor units of the currency beside it, as digits: above 0, at most 10^18',
    'AMOUNT_MALFORMED',
    'AMOUNT_OUT_OF_RANGE',
  ],
  date: ['zDate', 'Calendar date `YYYY-MM-DD`, 1900 to 2199', 'DATE_MALFORMED'],
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

const read = (path) => readFileSync(join(ROOT, path), 'utf8');
const unique = (items) => [...new Set(items)];
const code = (text) => `\`${text}\``;
const codes = (list) => unique(list).map(code).join(', ');
const cell = (text) => text.replaceAll('|', '\\|');

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

/** What a source says of a field in the comment above it, where it says one thing only. */
function notesIn(source) {
  const found = new Map();
  for (const [, note, name] of source.matchAll(/^\s*\/\*\* ([^\n]+) \*\/\n\s+(\w+): z/gm)) {
    found.set(name, unique([...(found.get(name) ?? []), note]));
  }
  return new Map([...found].filter(([, notes]) => notes.length === 1).map(([name, [note]]) => [name, note]));
}

/** Notes of the requests, by transaction. */
function readRequestNotes() {
  const [, ...blocks] = read('chaincode/src/protocol/transactions.ts').split(/^ {2}(?='\w+:\w+': \{)/m);
  return new Map(blocks.map((block) => [/^'(\w+:\w+)'/.exec(block)[1], notesIn(block)]));
}

/** The codes that a rule throws, in order, from the `@throws` above `export function <verb>(`. */
function readRules() {
  const rules = new Map();
  const folder = 'chaincode/src/domain';
  for (const file of readdirSync(join(ROOT, folder))) {
    for (const [, comment, verb] of read(join(folder, file)).matchAll(
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport function (\w+)\(/g,
    )) {
      const [, thrown] = comment.split('@throws TenorError');
      if (thrown !== undefined) rules.set(verb, knownCodes(thrown));
    }
  }
  return rules;
}

const knownCodes = (text) =>
  unique(text.match(/\b[A-Z]+(?:_[A-Z]+)*\b/g) ?? []).filter((word) => Object.hasOwn(ERRORS, word));

/** What loading a record can end in, by how the contract asks for it. */
const LOADS = [
  [/\bloadFacts\(/, ['REGISTRY_NOT_FOUNDED', 'FOUNDING_MISSING', 'MSP_UNKNOWN']],
  [/\bassertAdopted\(/, ['FOUNDING_MISSING', 'MSP_UNKNOWN']],
  [/\btx\.hash\(/, ['MSP_UNKNOWN']],
  [/\btx\.expect(?:Other|NoOther)\(|\bexpect(?:NewTo|Copy)\(|\bloadAnswer\(/, ['ID_TAKEN']],
  [/\bparty\(tx|\bloadAnswer\(/, ['PARTY_UNKNOWN']],
  [
    /\btx\.open|\bopen[A-Z]\w+\(|\bticketOf\(|\bloadAnswer\(/,
    ['OPENING_MISSING', 'OPENING_MALFORMED', 'OPENING_MISMATCH'],
  ],
  [/\btx\.vouch\(/, ['OPENING_MALFORMED', 'OPENING_MISMATCH']],
  [/\bbusinessDate\(tx\)|\bloadAnswer\(/, ['BUSINESS_DATE_MISSING']],
];

/** The codes of loading, by transaction, from the contract's source. */
function readLoads() {
  const loads = new Map();
  for (const contract of ['registry', 'certificate', 'settlement']) {
    const [, ...blocks] = read(`chaincode/src/contracts/${contract}.ts`).split(/^ {2}(?='\w+:\w+': async)/m);
    for (const block of blocks) {
      const own = block.split(/^\};/m)[0];
      const name = /^'(\w+:\w+)'/.exec(own)[1];
      const named = [...own.matchAll(/'([A-Z_]+)'/g)]
        .map(([, word]) => word)
        .filter((word) => Object.hasOwn(ERRORS, word));
      loads.set(name, unique([...LOADS.flatMap(([asks, ends]) => (asks.test(own) ? ends : [])), ...named]));
    }
  }
  return loads;
}

/** Codes that any transaction may be refused with before it is looked at. */
const READING = ['REQUEST_TOO_LARGE', 'REQUEST_MALFORMED'];

function fieldRows({ properties = {}, required = [] }, notes) {
  return Object.entries(properties).map(([name, field]) => {
    const note = [required.includes(name) ? '' : 'Optional.', notes.get(name) ?? '']
      .filter((text) => text !== '')
      .join(' ');
    return `| \`${name}\` | ${cell(code(typeOf(field)))} | ${cell(note)} |`;
  });
}

function partTable(title, schema, notes) {
  const rows = fieldRows(jsonSchema(schema), notes);
  return rows.length === 0 ? [] : [`${title}:`, '', '| field | type | |', '| --- | --- | --- |', ...rows, ''];
}

function submitCodes(name, spec, { loads, rules }) {
  const types = unique([...typesIn(jsonSchema(spec.request)), ...typesIn(jsonSchema(spec.private))]);
  const shape = [...READING, ...types.flatMap((type) => TYPES[type].slice(2))];
  const hasPrivate = Object.keys(jsonSchema(spec.private).properties ?? {}).length > 0;
  const carried = [
    ...(hasPrivate ? ['PRIVATE_MISSING'] : []),
    ...(name.startsWith('registry:') ? [] : ['SEED_INVALID']),
  ];
  const [, verb] = name.split(':');
  const rule = rules.get(verb);
  const load = loads.get(name);
  if (rule === undefined || load === undefined) throw new Error(`${name}: no @throws above its rule, or no operation`);
  const steps = [`1. reading: ${codes([...shape, ...carried])}`];
  if (load.length > 0) steps.push(`2. loading: ${codes(load)}`);
  steps.push(`${steps.length + 1}. deciding: ${codes(rule)}`);
  return ['Refused with:', '', ...steps, ''];
}

const QUERY_CODES = {
  'registry:whoami': ['CALLER_NOT_ALLOWED'],
  'registry:get': ['NOT_FOUND'],
  'book:get': ['NOT_FOUND'],
  'book:list': [],
  'command:open': ['FUNCTION_UNKNOWN', 'NOT_FOUND'],
  'command:plan': ['FUNCTION_UNKNOWN', 'NOT_FOUND'],
};

function section(name, facts) {
  const spec = TRANSACTIONS[name];
  const isSubmit = spec.kind === 'submit';
  const kind = isSubmit ? `Submit. Event ${code(EVENTS[name])}.` : 'Evaluate: reads only, never submit it.';
  const eyes =
    spec.fourEyes === true ? ' Four eyes: needs a ticket that another identity of the same organisation prepared.' : '';
  const asked = name === 'command:open' || name === 'command:plan';
  const refused = isSubmit
    ? submitCodes(name, spec, facts)
    : [
        `Refused with: ${codes([...READING, ...QUERY_CODES[name]])}${asked ? ', and all that the command asked for would be refused with' : ''}.`,
        '',
      ];
  return [
    `### \`${name}\``,
    '',
    `${kind}${eyes}`,
    '',
    ...partTable('Request', spec.request, facts.requestNotes.get(name) ?? new Map()),
    ...partTable('Private part', spec.private, facts.recordNotes),
    ...refused,
  ];
}

function stepsTable(steps) {
  return [
    '| step | from |',
    '| --- | --- |',
    ...Object.entries(steps).map(([step, from]) => `| \`${step}\` | ${codes(from)} |`),
    '',
  ];
}

const APPROVERS = {
  FOUNDERS: 'administrators of a majority of the founders',
  OWN_ADMINS: 'two administrators of the organisation itself',
  TWO_OPERATORS: 'operators of two organisations, one of them a registered bank',
};

/** One change of a proposal: who approves it, and its fields. */
function changeSection(change, notes) {
  const { kind, ...fields } = change.properties;
  const inner = Object.values(fields).find(({ type, title }) => type === 'object' && title === undefined);
  const json = inner ?? { properties: fields, required: Object.keys(fields) };
  const [name] = Object.keys(fields);
  return [
    `### \`${kind.const}\``,
    '',
    `Approved by ${APPROVERS[DECIDERS[kind.const]]}. \`{ "kind": "${kind.const}", "${name}": ${inner === undefined ? '…' : '{ … }'} }\` with:`,
    '',
    ...['| field | type | |', '| --- | --- | --- |', ...fieldRows(json, notes), ''],
  ];
}

function limitRows() {
  const notes = new Map(
    [...read('chaincode/src/protocol/limits.ts').matchAll(/\/\*\* ([^\n]+) \*\/\n\s+(\w+):/g)].map(([, note, name]) => [
      name,
      note,
    ]),
  );
  return Object.entries(LIMITS).map(([name, value]) => `| \`${name}\` | ${value} | ${notes.get(name) ?? ''} |`);
}

function contractSection(contract, facts) {
  const names = Object.keys(TRANSACTIONS).filter((name) => name.startsWith(`${contract}:`));
  return [`## Contract \`${contract}\``, '', ...names.flatMap((name) => section(name, facts))];
}

const INTRODUCTION = `# Transactions, events, errors, limits

Generated by \`npm run docs\` from \`chaincode/src\`. Do not edit.

A transaction is called by its name with one JSON argument, the request. It holds ids only, because arguments are in the
block. What is private travels in the transient map: \`private\` (JSON, the private part), \`openings\` (JSON object of record
key to stored bytes) and \`seed\` (32 random bytes, not needed by \`registry:*\`). The client library fills all three; with the
\`peer\` command take them from \`command:open\`.

A submit answers \`{"replayed": false}\`, or \`{"replayed": true}\` when the very same content is on the ledger already and
nothing is left to submit. Queries answer what the book of the caller's organisation holds.

Codes come in the order of the steps, and within \`deciding\` in the order given. One exception: where an expectation about the
books fails while loading (\`OPENING_MISMATCH\`, \`ID_TAKEN\`, \`STATE\`, \`DOCUMENT_CLAIMED\`, \`UETR_USED\`), it is reported once all
is loaded and decided, and before anything that the rule says: what is decided on an opening that does not hold means nothing.
In an evaluate of a plan, \`OPENING_MISSING\` is \`NOT_FOUND\`: the caller's own book lacks the record.
\`INTERNAL\` and the codes of the client side can follow any call.`;

function page() {
  const recordNotes = notesIn(
    ['records', 'registryRecords'].map((file) => read(`chaincode/src/protocol/${file}.ts`)).join('\n'),
  );
  const facts = { recordNotes, requestNotes: readRequestNotes(), rules: readRules(), loads: readLoads() };
  const types = Object.entries(TYPES).map(
    ([name, [, note, ...refusals]]) =>
      `| \`${name}\` | ${note} | ${codes(refusals.length === 0 ? ['REQUEST_MALFORMED'] : refusals)} |`,
  );
  const changes = jsonSchema(zChange);
  const events = Object.entries(EVENTS).map(([name, event]) => `| \`${event}\` | \`${name}\` |`);
  const errors = Object.entries(ERRORS).map(([name, meaning]) => `| \`${name}\` | ${cell(meaning)} |`);
  return [
    ...[INTRODUCTION, '', '## Types', '', '| type | what it is | refused with |', '| --- | --- | --- |', ...types, ''],
    ...['registry', 'certificate', 'settlement'].flatMap((contract) => contractSection(contract, facts)),
    ...[
      '## Registry changes',
      '',
      ...(changes.oneOf ?? changes.anyOf).flatMap((change) => changeSection(change, recordNotes)),
    ],
    ...[
      '## Steps of a certificate',
      '',
      ...stepsTable(CERTIFICATE_STEPS),
      '## Steps of a slice',
      '',
      ...stepsTable(SLICE_STEPS),
    ],
    ...[
      '## Copies that can be restored',
      '',
      `${codes(TRANSACTIONS['book:restore'].request.shape.kind.options)}.`,
      '',
    ],
    ...[
      '## Events',
      '',
      'Payload: `{"transaction": name, "ids": the ids of the request}`.',
      '',
      '| event | of |',
      '| --- | --- |',
      ...events,
      '',
    ],
    ...['## Errors', '', '| code | meaning |', '| --- | --- |', ...errors, ''],
    ...['## Limits', '', '| limit | value | |', '| --- | --- | --- |', ...limitRows(), ''],
  ].join('\n');
}

const text = await format(`<!-- prettier-ignore-start -->\n${page()}\n<!-- prettier-ignore-end -->\n`, {
  ...(await resolveConfig(PAGE)),
  parser: 'markdown',
});
if (process.argv.includes('--check')) {
  const current = readFileSync(PAGE, 'utf8') === text;
  if (!current) console.error('docs/API.md is stale. Write it anew: npm run docs');
  process.exitCode = current ? 0 : 1;
} else {
  writeFileSync(PAGE, text);
  console.log('docs/API.md is written');
}
