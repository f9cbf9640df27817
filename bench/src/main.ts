/** `npm run bench`: measures Tenor's commands on a network of its own. Exit codes: 0 done, 1 failed, 2 wrong usage. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions, USAGE, UsageError, type Options } from './options.js';
import { plot } from './plot.js';
import { report } from './report.js';
import { resultOf, start, type BenchResult } from './result.js';
import { ROOT } from './root.js';
import { run } from './run.js';
import { summaryOf } from './summary.js';
import { closeAll } from './testNetwork.js';

const FOLDER = join(ROOT, 'bench');
const INTERRUPTED = 130;

const say = (line: string): unknown => process.stderr.write(`${line}\n`);

function publish(result: BenchResult, options: Options): void {
  const json = `${JSON.stringify(result, null, 2)}\n`;
  const text = report(result);
  if (options.record) {
    writeFileSync(join(FOLDER, 'results.json'), json);
    writeFileSync(join(FOLDER, 'summary.json'), `${JSON.stringify(summaryOf(result), null, 1)}\n`);
    writeFileSync(join(FOLDER, 'RESULTS.md'), text);
    writeFileSync(join(FOLDER, 'plot.svg'), plot(result.open));
  }
  process.stdout.write(options.json ? json : text);
}

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const interrupt = (): void => void closeAll().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const before = start();
  const result = resultOf(options, before, await run(options, say));
  publish(result, options);
  return result.series.every(({ repeats }) => repeats.every(({ valid }) => valid > 0)) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const wrong = error instanceof UsageError;
    say(wrong ? `${error.message}\n${USAGE}` : error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(wrong ? 2 : 1);
  },
);
