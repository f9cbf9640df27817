// PEM as Go's encoding/pem reads it: the first block that can be decoded, whatever stands around it. Other blocks are skipped.

const BEGIN = '-----BEGIN ';
const END = '\n-----END ';
const DASHES = '-----';
/** Padding is due, but bits that it leaves over may be anything. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What became of one line END: a block, or the place where the search goes on; undefined where Go gives up. */
type Attempt = { readonly block: Buffer } | { readonly from: number } | undefined;

/** The content of the first block, of whatever type; undefined when there is none. */
export function firstBlock(bytes: Uint8Array): Buffer | undefined {
  const text = Buffer.from(bytes).toString('latin1'); // a character a byte
  for (let from = 0; ;) {
    const attempt = blockAfter(text, from);
    if (!attempt || 'block' in attempt) {
      return attempt?.block;
    }
    ({ from } = attempt);
  }
}

/** The block that the next line END closes, if it is one: it begins at the last BEGIN before it. */
function blockAfter(text: string, from: number): Attempt {
  const end = text.indexOf(END, from);
  if (end < 0) {
    return undefined;
  }
  const trailer = end + END.length;
  const begin = text.slice(from, end).lastIndexOf(BEGIN);
  if (begin < 0 || !startsLine(text, from + begin, from)) {
    return { from: trailer };
  }
  return blockBetween(text, from + begin + BEGIN.length, end);
}

/** The block whose type begins at `start` and whose line END begins at `end`. */
function blockBetween(text: string, start: number, end: number): Attempt {
  const trailer = end + END.length;
  const { line: typeLine, next } = lineAt(text, start);
  const body = typeLine.endsWith(DASHES) ? afterHeaders(text, next) : next;
  if (body === undefined) {
    return undefined;
  }
  const hasHeaders = body !== next;
  const isWhole = typeLine.endsWith(DASHES) && !(hasHeaders && body > end) && closes(text, trailer, typeLine);
  const block = isWhole ? decoded(text, body, end) : undefined;
  if (block) {
    return { block };
  }
  return body > trailer ? undefined : { from: trailer }; // Go gives up where its headers have run past the line END
}

/** Where the search began, just behind an END, counts as the start of a line. */
function startsLine(text: string, at: number, from: number): boolean {
  return at === from || text[at - 1] === '\n';
}

/** Where the lines with a colon end; undefined when the text does so first. */
function afterHeaders(text: string, at: number): number | undefined {
  for (let start = at; start < text.length;) {
    const { line, next } = lineAt(text, start);
    if (!line.includes(':')) {
      return start;
    }
    start = next;
  }
  return undefined;
}

/** The line END repeats the type, and nothing but blanks follows on it. `typeLine` ends with its own dashes. */
function closes(text: string, trailer: number, typeLine: string): boolean {
  return text.startsWith(typeLine, trailer) && lineAt(text, trailer + typeLine.length).line === '';
}

function decoded(text: string, start: number, end: number): Buffer | undefined {
  const base64 = text.slice(start, Math.max(start, end)).replaceAll(/[ \t\r\n]/g, '');
  return BASE64.test(base64) ? Buffer.from(base64, 'base64') : undefined;
}

/** A line without blanks at its end, and where the next one starts. */
function lineAt(text: string, start: number): { readonly line: string; readonly next: number } {
  const end = text.indexOf('\n', start);
  const line = end < 0 ? text.slice(start) : text.slice(start, end).replace(/\r$/, '');
  return { line: line.replace(/[ \t]+$/, ''), next: end < 0 ? text.length : end + 1 };
}
