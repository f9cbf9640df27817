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
  /** Line of the place, from 1, where the place is a path in deal.json. */
  readonly line?: number;

  constructor(file: string, place: string, remedy: string, { cause, line }: { cause?: unknown; line?: number } = {}) {
    const at = line === undefined ? '' : ` (line ${String(line)})`;
    super(`${file}${place === '' ? '' : `, ${place}`}${at}: ${remedy}`, cause === undefined ? undefined : { cause });
    this.file = file;
    this.place = place;
    this.remedy = remedy;
    if (line !== undefined) this.line = line;
  }
}

/** Name of the file that describes a deal. */
export const DEAL_FILE = 'deal.json';

/** Refuses the deal file at a place unless `holds`. @throws DealError */
export function must(holds: boolean, place: string, remedy: string, file = DEAL_FILE): asserts holds {
  if (!holds) throw new DealError(file, place, remedy);
}
