/** The error of a deal that cannot be used. It names the file, the place in it and what to do. */

/** A deal file, or a file that it names, cannot be used. */
export class DealError extends Error {
  override readonly name = 'DealError';
  /** File, relative to the deal's folder. */
  readonly file: string;
  /** JSON path in a JSON file (`$.certificates[0].amount`), element path in an XML file, or empty for the file as a whole. */
  readonly place: string;
  /** What to do about it. */
  readonly remedy: string;

  constructor(file: string, place: string, remedy: string, cause?: unknown) {
    super(`${file}${place === '' ? '' : `, ${place}`}: ${remedy}`, cause === undefined ? undefined : { cause });
    this.file = file;
    this.place = place;
    this.remedy = remedy;
  }
}

/** Name of the file that describes a deal. */
export const DEAL_FILE = 'deal.json';

/** Refuses the deal file at a place unless `holds`. @throws DealError */
export function must(holds: boolean, place: string, remedy: string, file = DEAL_FILE): asserts holds {
  if (!holds) throw new DealError(file, place, remedy);
}
