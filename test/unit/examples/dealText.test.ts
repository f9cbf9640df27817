/** deal.json as text: what is no JSON, no UTF-8 or stands twice is refused at its line and column. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { changeFile, freshCopyOf, refusalOf } from '../../support/dealFolder.js';
import { changed, DEAL_FOLDER } from '../documents/support.js';

const folder = freshCopyOf(DEAL_FOLDER);

const json = (change: (text: string) => string): Promise<void> => changeFile(folder(), 'deal.json', change);

describe('deal.json', () => {
  it.each([
    ['begins with a comment', (text: string) => `// my deal\n${text}`, 'line 1, column 1'],
    [
      'has a comma behind the last field',
      (text: string) => changed(text, /"\n {4}\}\n {2}\}\n\}/, '"\n    },\n  }\n}'),
      'line 350, column 3',
    ],
    ['has a name in single quotes', (text: string) => changed(text, '"policy"', "'policy'"), 'line 99, column 3'],
    ['ends in the middle of a text', (text: string) => text.slice(0, 20), 'line 2, column 13'],
    ['is empty', () => '', 'line 1, column 1'],
  ])('that %s is refused with the line of the fault', async (_what, change, place) => {
    await json(change);
    expect(await refusalOf(folder())).toMatchObject({
      file: 'deal.json',
      place,
      remedy: expect.stringMatching(/^Write JSON \(/),
    });
  });

  it('in another encoding than UTF-8 is refused at the first byte that is not', async () => {
    const text = await readFile(path.join(folder(), 'deal.json'), 'utf8');
    await writeFile(
      path.join(folder(), 'deal.json'),
      Buffer.from(changed(text, 'Rio Tinto Iron', 'Río Tinto Iron'), 'latin1'),
    );
    expect(await refusalOf(folder())).toMatchObject({
      place: 'line 54, column 17',
      remedy: expect.stringMatching(/UTF-8/),
    });
  });

  it.each([
    ['lists', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['lists that never end', (depth: number) => '['.repeat(depth)],
  ])('of %s inside each other, a hundred thousand deep, is refused', async (_what, nested) => {
    await json(() => nested(100_000));
    expect(await refusalOf(folder())).toMatchObject({
      file: 'deal.json',
      place: '',
      remedy: expect.stringMatching(/deep/),
    });
  });

  it('has no field whose name could change what a terminal shows', async () => {
    await json((text) => changed(text, '"format"', '"\\u001b[2J\\u009bx": 1, "format"'));
    expect((await refusalOf(folder())).place).toBe('$["?[2J?x"]');
  });

  it('that names a field twice is refused at the line of the second', async () => {
    await json((text) => changed(text, '"format": "tenor.deal/1",', '"name": "one",\n  $&'));
    expect(await refusalOf(folder())).toMatchObject({
      ...{ file: 'deal.json', place: '$.name', line: 4 },
      remedy: expect.stringMatching(/^Remove one of the two: this field stands on line 2 already/),
    });
  });

  it('is told the line of a value, and where a field is missing the line of what should have it', async () => {
    await json((text) => changed(text, '"version": 1,\n    "weekend"', '"version": 2,\n    "weekend"'));
    expect(await refusalOf(folder())).toMatchObject({ place: '$.calendar.version', line: 111 });
    await json((text) => changed(text, '"version": 2,\n    "weekend"', '"weekend"'));
    expect(await refusalOf(folder())).toMatchObject({ place: '$.calendar.version', line: 109 });
  });

  it('that is named instead of its folder is told so', async () => {
    const file = path.join(folder(), 'deal.json');
    const error = await refusalOf(file);
    expect(error.message).toBe(`deal.json: Name the folder of the deal, ${folder()}, not a file in it.`);
  });
});
