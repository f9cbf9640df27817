/** The result for people: Markdown tables, the same on a terminal and in RESULTS.md. */
import type { DealFigure } from './batches.js';
import { middleOf } from './maturity.js';
import type { Measured, Mode, Part, Subject } from './measure.js';
import type { BenchResult, SeriesResult } from './result.js';
import { median, rounded } from './statistics.js';

const SUBJECT_TITLES: Readonly<Record<Subject, string>> = {
  noOp: 'no-op',
  put: 'one public put',
  asset: 'plain asset create',
  stock: 'one public put by a stock client',
  raw: 'raw write',
  send: 'send',
  whole: 'whole',
};

/** A Markdown table with columns of even width; all but the first are set to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

const middle = ({ repeats }: SeriesResult, figure: (measured: Measured) => number): number =>
  rounded(median(repeats.map(figure)));
const shown = (series: SeriesResult, figure: (measured: Measured) => number): string =>
  middle(series, figure).toFixed(1);
const latency = (series: SeriesResult, part: Part, percentile: 'p50' | 'p95' | 'p99'): string =>
  shown(series, ({ latencyMs }) => latencyMs[part][percentile]);

function range({ repeats }: SeriesResult): string {
  const figures = repeats.map(({ perSecond }) => perSecond);
  return `${Math.min(...figures).toFixed(1)} to ${Math.max(...figures).toFixed(1)}`;
}

function invalidOf({ repeats }: SeriesResult): string {
  const reasons = new Map<string, number>();
  for (const { invalid } of repeats)
    for (const [reason, count] of Object.entries(invalid)) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  return reasons.size === 0 ? '0' : [...reasons].map(([reason, count]) => `${String(count)} ${reason}`).join(', ');
}

const nameOf = (result: BenchResult, { command, subject }: SeriesResult): string =>
  `${result.commands.find(({ name }) => name === command)?.title ?? command}: ${SUBJECT_TITLES[subject]}`;

const inMode = ({ series }: BenchResult, mode: Mode): readonly SeriesResult[] =>
  series.filter((each) => each.mode === mode);

function underLoad(result: BenchResult): string {
  const head = [
    '',
    'transactions/s',
    'lowest to highest',
    'operations/s',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'transactions',
    'invalid',
  ];
  const rows = inMode(result, 'load').map((each) => [
    ...[
      nameOf(result, each),
      shown(each, ({ perSecond }) => perSecond),
      range(each),
      shown(each, ({ unitsPerSecond }) => unitsPerSecond),
    ],
    ...[latency(each, 'whole', 'p50'), latency(each, 'whole', 'p95'), latency(each, 'whole', 'p99')],
    ...[String(each.repeats.reduce((sum, { transactions }) => sum + transactions, 0)), invalidOf(each)],
  ]);
  return table(head, rows);
}

function transfers({ transfers: all }: BenchResult): string {
  const rows = all.map(({ subject, perSecond, p50Ms }) => [
    SUBJECT_TITLES[subject],
    perSecond.toFixed(1),
    p50Ms?.toFixed(1) ?? '',
  ]);
  return table(['', 'transfers/s', 'p50 ms at 1 in flight'], rows);
}

function alone(result: BenchResult): string {
  const head = ['', 'whole p50', 'p95', 'p99', 'plan p50', 'endorse p50', 'submit p50', 'commit p50', 'invalid'];
  const rows = inMode(result, 'alone').map((each) => [
    ...[
      nameOf(result, each),
      latency(each, 'whole', 'p50'),
      latency(each, 'whole', 'p95'),
      latency(each, 'whole', 'p99'),
    ],
    ...(['plan', 'endorse', 'submit', 'commit'] as const).map((part) => latency(each, part, 'p50')),
    invalidOf(each),
  ]);
  return table(head, rows);
}

function endorsed(result: BenchResult): string {
  const rows = inMode(result, 'endorse').map((each) => [
    nameOf(result, each),
    ...(['p50', 'p95', 'p99'] as const).map((percentile) => latency(each, 'endorse', percentile)),
    invalidOf(each),
  ]);
  return table(['', 'endorse p50', 'p95', 'p99', 'refused'], rows);
}

/** CPU milliseconds of one valid transaction, by process: peers, orderer, client, and the chaincode at work. */
function cpu(result: BenchResult): string {
  const loaded = inMode(result, 'load');
  const names = [
    ...new Set(loaded.flatMap(({ repeats }) => repeats.flatMap(({ cpuMs }) => Object.keys(cpuMs)))),
  ].sort();
  const perTransaction =
    (name: string) =>
    (measured: Measured): number =>
      (measured.cpuMs[name] ?? 0) / Math.max(1, measured.valid);
  const used = names.filter((name) => loaded.some((each) => middle(each, perTransaction(name)) >= 0.05));
  const all = (measured: Measured): number => names.reduce((sum, name) => sum + perTransaction(name)(measured), 0);
  const cell = (figure: number): string => figure.toFixed(2);
  const rows = loaded.map((each) => [
    nameOf(result, each),
    cell(middle(each, all)),
    ...used.map((name) => cell(middle(each, perTransaction(name)))),
  ]);
  return table(['', 'all', ...used], rows);
}

const verdict = (met: boolean | undefined): string => (met === undefined ? '' : met ? 'met' : 'missed');

function ratios({ ratios: all }: BenchResult): string {
  return table(
    ['', 'ratio', 'repeats', 'aim', ''],
    all.map(({ name, value, repeats, aim = '', met }) => [
      name,
      value.toFixed(2),
      repeats.map((each) => each.toFixed(2)).join(' '),
      aim,
      verdict(met),
    ]),
  );
}

function footprints({ commands }: BenchResult): string {
  const rows = commands.map(({ title, endorsers, keysWrittenByBook, keyPoliciesSet, hashReads, publicReads }) => [
    title,
    endorsers.join(' '),
    Object.entries(keysWrittenByBook)
      .map(([book, keys]) => `${book.replace('_implicit_org_', '')} ${String(keys)}`)
      .join(', '),
    ...[keyPoliciesSet, hashReads, publicReads].map(String),
  ]);
  return table(['', 'endorsers', 'keys written by book', 'key policies set', 'hashes read', 'public keys read'], rows);
}

function contended({ contended: all }: BenchResult): string {
  const failures = (failed: Readonly<Record<string, number>>): string =>
    Object.entries(failed)
      .map(([code, count]) => `${String(count)} ${code}`)
      .join(', ') || '0';
  const rows = all.map((each) => [
    each.title,
    ...[each.inFlight, each.commands, each.succeeded].map(String),
    ...[failures(each.failed), String(each.lost), each.attemptsPerSuccess.toFixed(2), each.unitsPerSecond.toFixed(1)],
  ]);
  return table(
    ['', 'in flight', 'commands', 'succeeded', 'refused', 'lost', 'attempts a success', 'certificates/s'],
    rows,
  );
}

function batches({ batched }: BenchResult): string {
  const deal = (what: string, { transactions, ms, cpuMs }: DealFigure): string[] => [
    `${what}: ${String(transactions)} transactions`,
    ...['', '', ms.toFixed(0), '', cpuMs.toFixed(0)],
  ];
  const rows = batched.flatMap(({ figures, transferMs, transfer, quote, discount }) => [
    ...figures.map(({ legs, commitMs, commitBytes, settleMs, settleBytes }) => [
      `${String(legs)} legs`,
      ...[commitMs, commitBytes, settleMs, settleBytes].map((figure) => figure.toFixed(0)),
      '',
    ]),
    ['a transfer of one slice, from offer to acceptance', '', '', transferMs.toFixed(0), '', ''],
    deal('a whole transfer', transfer),
    deal('asking and quoting for a discount', quote),
    deal('accepting and settling it at one bank', discount),
  ]);
  return table(['', 'committed, ms', 'bytes', 'settled at once, ms', 'bytes', 'CPU, ms'], rows);
}

function maturity({ matured }: BenchResult): string {
  const rows = matured.map((each) => [
    `${String(each.slices)} slices`,
    String(each.payments),
    ...(['slicesPerSecond', 'provenPerSecond', 'assetsPerSecond'] as const).map((figure) =>
      middleOf(each, figure).toFixed(1),
    ),
  ]);
  return table(['', 'payments', 'slices/s', 'slices/s with proofs', 'plain assets/s'], rows);
}

function openLoop({ open }: BenchResult): string {
  const rows = open.flatMap(({ name, knee, steps }) =>
    steps.map(({ rate, achieved, latencyMs, invalid }) => [
      rate === knee ? `${name} (knee)` : name,
      ...[rate, achieved, latencyMs.p50, latencyMs.p95, latencyMs.p99].map((figure) => figure.toFixed(1)),
      String(invalid),
    ]),
  );
  const figures = table(['', 'rate/s', 'achieved/s', 'p50 ms', 'p95 ms', 'p99 ms', 'invalid'], rows);
  return `${figures}\n\n![p95 against the rate](plot.svg)`;
}

function endState({ end }: BenchResult): string {
  const rows = end.map(({ organization, blocks, lag, ledgerBytes }) => [
    organization,
    ...[blocks, lag].map(String),
    ledgerBytes === undefined ? '' : (ledgerBytes / 2 ** 20).toFixed(1),
  ]);
  return table(['', 'blocks', 'behind', 'ledger MiB'], rows);
}

function growthOf({ growth }: BenchResult): string {
  const rows = growth.flatMap(({ name, figures }) =>
    figures.map(({ slices, perSecond, p50Ms, networkCpuMs, invalid }) => [
      name,
      String(slices),
      ...[perSecond, p50Ms].map((figure) => figure.toFixed(1)),
      networkCpuMs.toFixed(2),
      String(invalid),
    ]),
  );
  return table(['', 'slices in the book', 'calls/s', 'p50 ms', "network's CPU ms a call", 'invalid'], rows);
}

function devnetOf({ devnet }: BenchResult): string {
  const rows = devnet.map(({ name, value, unit, repeats, aim = '', met }) => [
    name,
    `${value.toFixed(2)} ${unit}`,
    repeats.map((each) => each.toFixed(2)).join(' '),
    ...[aim, verdict(met)],
  ]);
  return table(['', 'measured', 'repeats', 'aim', ''], rows);
}

/** Groups and functions side by side, one table a program. */
function profilesOf({ profiles }: BenchResult): string {
  const share = (each: { readonly share: number } | undefined): string =>
    each === undefined ? '' : `${(each.share * 100).toFixed(1)} %`;
  return profiles
    .map(({ program, byGroup, byFunction }) => {
      const rows = byGroup.map((group, index) => [
        ...[group.name, share(group)],
        ...[`\`${byFunction[index]?.name ?? ''}\``, share(byFunction[index])],
      ]);
      return `${PROFILED[program]}\n\n${table(['by whose work', 'self', 'by function', 'self'], rows)}`;
    })
    .join('\n\n');
}

const PROFILED = {
  client: 'The client: confirmations, whole, and the benchmark around them.',
  chaincode: 'The chaincode processes, from their start; two of three endorse.',
  peer: "The bank's peer, which plans and endorses, and commits.",
} as const;

const pairs = (facts: Readonly<Record<string, string | number>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

const EXPLANATION = `Closed loop, one client process on the machine under test. *No-op* is a call of a chaincode that does nothing; *raw write* writes as many keys into as many
books, with as many key policies and values as long, by a chaincode without rules. Both name the same endorsers, are sent by the same identity over the same link and
signed by the same signer, in the same run. A *plain asset create* is of the shape of the samples' asset-transfer-basic (existence
check, then a JSON record put), by the same raw shim, endorsed by all three organisations; the stock client sends one public put with the gateway SDK's own signer and hash. *Send* is endorse + submit + commit with the openings fetched beforehand; *whole* is plan (the openings, from the caller's own
peer) + send, which is what a user of the client waits for. Under load, each transaction of a round is on a line or a slice of its own; a round's ramp-up and tail are in
the time of all series alike. Figures are medians of the repeats; ratios are taken within a repeat. Invalid transactions count neither for throughput nor for latency.`;

/** The sections that have something to show. */
const SECTIONS: readonly (readonly [
  title: (result: BenchResult) => string,
  has: (result: BenchResult) => boolean,
  body: (result: BenchResult) => string,
])[] = [
  [() => 'Ratios', (each) => each.ratios.length > 0, ratios],
  [({ settings }) => `${String(settings['inFlight'])} in flight`, (each) => inMode(each, 'load').length > 0, underLoad],
  [() => 'One line for all', (each) => each.contended.length > 0, contended],
  [() => 'Batches', (each) => each.batched.length > 0, batches],
  [() => 'A maturity run', (each) => each.matured.length > 0, maturity],
  [() => 'Open loop', (each) => each.open.length > 0, openLoop],
  [() => 'As the ledger grows', (each) => each.growth.length > 0, growthOf],
  [() => 'Devnet', (each) => each.devnet.length > 0, devnetOf],
  [() => 'A transfer: offer and acceptance', (each) => each.transfers.length > 0, transfers],
  [() => '1 in flight, milliseconds', (each) => inMode(each, 'alone').length > 0, alone],
  [() => '1 in flight, endorse only, milliseconds', (each) => inMode(each, 'endorse').length > 0, endorsed],
  [
    () => 'CPU milliseconds for one valid transaction, by process, under load',
    (each) => inMode(each, 'load').length > 0,
    cpu,
  ],
  [() => 'What one transaction reads and writes', (each) => each.commands.length > 0, footprints],
  [() => 'Where the CPU time of a confirmation goes', (each) => each.profiles.length > 0, profilesOf],
  [() => 'Peers at the end', (each) => each.end.length > 0, endState],
];

/** The report as Markdown. */
export function report(result: BenchResult): string {
  const { machine, load, startedAt, commit, minutes } = result;
  const sections = SECTIONS.filter(([, has]) => has(result));
  return (
    [
      '# Benchmark results',
      'Written by `npm run bench -- --record`; the same figures as data are in [summary.json](summary.json). The same run leaves every repeat in `results.json`, which git does not keep.',
      [
        `- started ${startedAt}, ${minutes.toFixed(0)} minutes, commit ${commit}`,
        `- machine: ${machine.cpu}, ${String(machine.cores)} cores, ${String(machine.memoryGiB)} GiB, ${machine.system}; load average ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after`,
        `- versions: ${pairs(result.versions)}`,
        `- settings: ${pairs(result.settings)}`,
      ].join('\n'),
      EXPLANATION,
      ...sections.map(([title, , body]) => `## ${title(result)}\n\n${body(result)}`),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}
