/** Refuses JSON in which an object names a field twice, because `JSON.parse` takes the last value while people read the first. */
import { DocumentError } from './documentError.js';

/** An object or a list that is open while the text is read. */
interface Level {
  /** Fields of the object so far; undefined in a list. */
  readonly fields: Set<string> | undefined;
  /** Field or index of the current value. */
  step: string | number;
  /** Whether the next string is the name of a field. */
  awaitsField: boolean;
}

/** Matches every string, and every mark that opens, closes or separates. Nothing else in a JSON text matters here. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{},]/g;

function close(levels: Level[]): void {
  levels.pop();
}

function separate(levels: Level[]): void {
  const level = levels.at(-1);
  if (level === undefined) return;
  level.awaitsField = level.fields !== undefined;
  if (typeof level.step === 'number') level.step += 1;
}

const MARKS = new Map<string, (levels: Level[]) => void>([
  ['{', (levels) => void levels.push({ fields: new Set(), step: '', awaitsField: true })],
  ['[', (levels) => void levels.push({ fields: undefined, step: 0, awaitsField: false })],
  ['}', close],
  [']', close],
  [',', separate],
]);

/** Handles a string that is the name of a field, and answers whether its object has that field already. */
function isRepeated(level: Level | undefined, token: string): boolean {
  if (level?.fields === undefined || !level.awaitsField) return false;
  level.awaitsField = false;
  level.step = JSON.parse(token) as string; // "\u0061" is "a"
  const { size } = level.fields;
  return level.fields.add(level.step).size === size;
}

/**
 * Refuses a field that its object has already, with its place and line. `json` is a text that `JSON.parse` has accepted.
 * @throws DocumentError DOCUMENT_FIELD_REPEATED
 */
export function assertFieldsOnce(json: string): void {
  const levels: Level[] = [];
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    const mark = MARKS.get(token);
    if (mark !== undefined) mark(levels);
    else if (isRepeated(levels.at(-1), token)) {
      const place = levels.map(({ step }) => String(step)).join('/');
      const line = json.slice(0, index).split('\n').length;
      throw new DocumentError('DOCUMENT_FIELD_REPEATED', { path: `/${place}, line ${String(line)}` });
    }
  }
}
