/** The picture of a deal: text of the deal stands in it as text, whatever it is, and every arrow goes the right way. */
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensurePicturePlace, pictureOf } from '../../../examples/ansteel-rio-tinto/demo/picture.js';
import { shellWord } from '../../../examples/ansteel-rio-tinto/demo/connections.js';
import { readDeal, type Deal } from '../../../examples/ansteel-rio-tinto/readDeal.js';

let deal: Deal;

beforeAll(async () => {
  deal = await readDeal(resolve(__dirname, '../../../examples/ansteel-rio-tinto'));
});

describe('the picture of a deal', () => {
  it('shows no party that nothing goes to or comes from', () => {
    expect(pictureOf(deal, [])).not.toContain('operator (baowu)');
  });

  it('takes text of the deal for text, not for drawing', () => {
    const title = `</text><script>alert("1")</script> & 'more'\u0000`;
    const drawn = pictureOf({ ...deal, title }, []);
    expect(drawn).not.toContain('<script');
    expect(drawn).toContain(
      '>&#60;/text&#62;&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;more&#39; <',
    );
  });

  it('says of a payment whose slice nobody holds that it is not held', () => {
    expect(pictureOf(deal, [])).toContain('slice not held, UETR f6fadfa7…');
  });

  it('lets the promise go from the issuer, in the first column, to the supplier, in the third', () => {
    expect(pictureOf(deal, [])).toMatch(/<path d="M155 [\d.]+ H655" stroke="#1f5fa8"/);
    expect(pictureOf(deal, [])).toMatch(/<path d="M405 [\d.]+ H155" stroke="#5b6770"/);
  });
});

describe('the place of the picture', () => {
  it('is a file: a folder is refused before anything is started', async () => {
    const problem = `\`--picture\` takes a file, and ${__dirname} is a folder. Name a file in it, such as ${resolve(__dirname, 'deal.svg')}.`;
    await expect(ensurePicturePlace(__dirname)).rejects.toThrow(problem);
    await expect(ensurePicturePlace(__filename)).resolves.toBeUndefined();
    await expect(ensurePicturePlace('/proc/nowhere/deal.svg')).rejects.toThrow(
      /^The picture .+ cannot be written into/,
    );
  });
});

describe('a word of a command line', () => {
  it.each([
    ['/tmp/a-b_c.json', '/tmp/a-b_c.json'],
    ['/tmp/a b', `'/tmp/a b'`],
    [`it's`, `'it'\\''s'`],
    ['$HOME', `'$HOME'`],
    ['', `''`],
  ])('%j is written as %s', (text, written) => {
    expect(shellWord(text)).toBe(written);
  });
});
