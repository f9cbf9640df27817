/** deal.json as text: where it is no UTF-8 or no JSON, and on which line a value stands. */
import { assertFieldsOnce } from '@tenor/client';
import { findNodeAtLocation, parseTree, type JSONPath, type Node, type ParseError } from 'jsonc-parser';
import { DEAL_FILE, DealError } from './dealError.js';

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

/** deal.json, parsed, and the line of each of its values. */
export interface DealJson {
  readonly value: unknown;
  /** Line of a place such as `$.lines[0].limit`; of a value that is missing, the line of what should hold it. */
  lineOf(place: string): number;
}

/** `$.lines[0].limit` as `['lines', 0, 'limit']`. */
const stepsOf = (place: string): JSONPath =>
  [...place.matchAll(/\.([^.[]+)|\[(\d+)\]/g)].map(([, field, index]) => field ?? Number(index));

/** Reads JSON. @throws DealError, DocumentError (a field that stands twice) */
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
  assertFieldsOnce(text);
  const lineOf = (place: string): number => {
    const steps = stepsOf(place);
    while (tree !== undefined) {
      const node = findNodeAtLocation(tree, steps);
      if (node !== undefined) return text.slice(0, node.offset).split('\n').length;
      steps.pop();
    }
    return 1;
  };
  return { value, lineOf };
}
