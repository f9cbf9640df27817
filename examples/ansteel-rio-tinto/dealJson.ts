/** deal.json as text: where it is no UTF-8 or no JSON, and on which line a value stands. */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import { DEAL_FILE, DealError } from './dealError.js';
import { lineOf, repeatedField } from './dealPlaces.js';

/** Line and column behind a text, from 1. */
function endOf(before: string): string {
  const lines = before.split('\n');
  return `line ${String(lines.length)}, column ${String((lines.at(-1) ?? '').length + 1)}`;
}

/** @throws DealError at the first byte that is not UTF-8 */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // A decoder that is fed byte by byte stops where the text does that it could read.
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    try {
      for (const byte of bytes) text += decoder.decode(Uint8Array.of(byte), { stream: true });
      text += decoder.decode();
    } catch (cause) {
      throw new DealError(DEAL_FILE, endOf(text), 'Save the file as UTF-8: here is a byte that is not.', { cause });
    }
    return text;
  }
}

interface Parsed {
  /** Offset of the first fault; the end of the text where none was found. */
  readonly fault: number;
  readonly tree: Node | undefined;
}

/** `JSON.parse` decides what is JSON, but does not always say where it stopped, and keeps no lines: the parser of an editor does. @throws DealError */
function parsed(text: string): Parsed {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
    return { tree, fault: Math.min(text.length, ...errors.map(({ offset }) => offset)) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause; // its stack is full
    throw new DealError(DEAL_FILE, '', 'Write what the format has: lists and objects lie too deep inside each other.', {
      cause,
    });
  }
}

/** deal.json, parsed, and where each of its values stands. */
export interface DealJson {
  readonly value: unknown;
  /** Line of a place such as `$.lines[0].limit`; of a value that is missing, the line of what should hold it. */
  lineOf(place: string): number;
}

/** Reads JSON. @throws DealError */
export function readJson(bytes: Uint8Array): DealJson {
  const text = textOf(bytes);
  const { fault, tree } = parsed(text);
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DealError(DEAL_FILE, endOf(text.slice(0, fault)), `Write JSON (${reason}).`, { cause });
  }
  const repeated = repeatedField(text, tree);
  if (repeated !== undefined) {
    const remedy = `Remove one of the two: this field stands on line ${String(repeated.first)} already, and only one of them would count.`;
    throw new DealError(DEAL_FILE, repeated.place, remedy, { line: repeated.line });
  }
  return { value, lineOf: (place) => lineOf(text, tree, place) };
}
