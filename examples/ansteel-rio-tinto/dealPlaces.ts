/** Places in deal.json: how a path to a value is written, on which line the value stands, and what stands twice. */
import { findNodeAtLocation, getNodePath, type JSONPath, type Node } from 'jsonc-parser';

/** A field that its object has already. */
interface RepeatedField {
  /** JSON path, such as `$.lines[0].limit`. */
  readonly place: string;
  /** Its line, from 1. */
  readonly line: number;
  /** Line where the field stands first. */
  readonly first: number;
}

/** A field as it stands in a path; one that no format has may hold anything, and is not shown as it is. */
const fieldStep = (field: string): string =>
  /^[\w-]+$/.test(field) ? `.${field}` : `["${field.replace(/[\p{C}"\\]/gu, '?').slice(0, 40)}"]`;

/** `['lines', 0, 'limit']` as `$.lines[0].limit`. */
export const jsonPath = (steps: readonly PropertyKey[]): string =>
  `$${steps.map((step) => (typeof step === 'number' ? `[${String(step)}]` : fieldStep(String(step)))).join('')}`;

/** `$.lines[0].limit` as `['lines', 0, 'limit']`. */
const stepsOf = (place: string): JSONPath =>
  [...place.matchAll(/\.([^.[]+)|\[(\d+)\]/g)].map(([, field, index]) => field ?? Number(index));

const lineAt = (text: string, { offset }: Node): number => text.slice(0, offset).split('\n').length;

/** Line of a place; of a value that is missing, the line of what should hold it. */
export function lineOf(text: string, tree: Node | undefined, place: string): number {
  const steps = stepsOf(place);
  while (tree !== undefined) {
    const node = findNodeAtLocation(tree, steps);
    if (node !== undefined) return lineAt(text, node);
    steps.pop();
  }
  return 1;
}

/** Every node of a tree, in the order of the text. No recursion: a deal may be nested as deep as its reader bears. */
function* nodesOf(tree: Node | undefined): Generator<Node> {
  const open = tree === undefined ? [] : [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...[...(node.children ?? [])].reverse());
  }
}

/** The first field that its object has already. */
export function repeatedField(text: string, tree: Node | undefined): RepeatedField | undefined {
  for (const node of nodesOf(tree)) {
    if (node.type !== 'object') continue;
    const first = new Map<unknown, Node>();
    for (const property of node.children ?? []) {
      const [name, value] = property.children ?? [];
      if (name === undefined) continue;
      const earlier = first.get(name.value);
      if (earlier === undefined) {
        first.set(name.value, name);
        continue;
      }
      const steps = [...getNodePath(node), String(name.value)];
      return { place: jsonPath(steps), line: lineAt(text, value ?? name), first: lineAt(text, earlier) };
    }
  }
  return undefined;
}
