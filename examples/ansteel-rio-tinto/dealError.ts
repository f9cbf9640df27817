/** The error of a deal that cannot be used. It names the file, the place in it and what to do. */

/** A file that deal.json names, and the place of the entry that names it. */
export interface NamedFile {
  readonly file: string;
  /** JSON path in deal.json. */
  readonly entry: string;
}

/** What else is known of the place. */
interface Known {
  readonly cause?: unknown;
  readonly line?: number | undefined;
  readonly entry?: string | undefined;
}

/** A deal file, or a file that it names, cannot be used. */
export class DealError extends Error {
  override readonly name = 'DealError';
  /** File, relative to the deal's folder. */
  readonly file: string;
  /** JSON path in a JSON file (`$.certificates[0].amount`), element path in an XML file, or empty for the file as a whole. */
  readonly place: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Of another file than deal.json: place in deal.json of the entry that names it. */
  readonly entry?: string;
  /** Line in deal.json, from 1: of the place, or of the entry. */
  readonly line?: number;

  constructor(file: string, place: string, remedy: string, { cause, line, entry }: Known = {}) {
    const at = line === undefined ? '' : ` (line ${String(line)})`;
    const [here, named] = entry === undefined ? [at, ''] : ['', ` ${DEAL_FILE} names this file at ${entry}${at}.`];
    const where = place === '' ? file : `${file}, ${place}`;
    super(`${where}${here}: ${remedy}${named}`, cause === undefined ? undefined : { cause });
    this.file = file;
    this.place = place;
    this.remedy = remedy;
    if (line !== undefined) this.line = line;
    if (entry !== undefined) this.entry = entry;
  }
}

/** Name of the file that describes a deal. */
export const DEAL_FILE = 'deal.json';

/** Refuses deal.json, or a file that it names, at a place unless `holds`. @throws DealError */
export function must(holds: boolean, place: string, remedy: string, named?: NamedFile): asserts holds {
  if (!holds) throw new DealError(named?.file ?? DEAL_FILE, place, remedy, { entry: named?.entry });
}
