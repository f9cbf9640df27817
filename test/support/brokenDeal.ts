/** Deals that are broken in one place, and what every refusal of them has. */
import { expect, it } from '@jest/globals';
import { DealError, readDeal } from '../../examples/ansteel-rio-tinto/readDeal.js';
import { DEAL_FOLDER } from '../unit/documents/support.js';
import { changeFile, freshCopyOf, withValues } from './dealFolder.js';

/** A change of one file of the deal that ships. */
export interface Broken {
  readonly what: string;
  readonly file?: string;
  readonly change: (text: string) => string;
  /** The file that the error must name, `deal.json` unless said. */
  readonly named?: string;
  readonly place: string;
}

/** Sets the value at a path such as `parties.0.lei`; `undefined` takes the field away. */
export const withValue = (place: string, value: unknown): ((text: string) => string) => withValues({ [place]: value });

/** One test for each broken deal: its refusal names the file, the place, the line in deal.json, and what to do. */
export function refusesBroken(rows: readonly Broken[]): void {
  const folder = freshCopyOf(DEAL_FOLDER);

  it.each(rows)('with $what is refused, the place named', async ({ file = 'deal.json', change, named, place }) => {
    await changeFile(folder(), file, change);
    const error: unknown = await readDeal(folder()).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(DealError);
    if (!(error instanceof DealError)) return;
    expect([error.file, error.place]).toEqual([named ?? 'deal.json', place]);
    expect(error.remedy).toMatch(/^\S.{10,}\.$/);
    expect(error.message).toContain(error.remedy);
    // Another file is named with its entry in deal.json; where deal.json is no JSON, its line is the place.
    expect(error.entry ?? 'none').toMatch(named === undefined ? /^none$/ : /^\$\..+[fF]ile$/);
    if (!place.startsWith('line ')) expect(error.message).toContain(`(line ${String(error.line)})`);
  });
}
