/** The elements of a message that is being written, in order. */

/** An element with text and nothing else. */
export interface Leaf {
  readonly text: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What is in an element: text, or elements in order. */
export type Inside = Leaf | readonly Child[];

/** An element of a message that is being written. */
export interface Child {
  readonly name: string;
  /** Where it is another one than that of the element around it. */
  readonly namespace?: string;
  readonly inside: Inside;
}

/** A child whose elements are still being added. */
interface Growing extends Child {
  readonly inside: Growing[] & Inside;
}

/** Adds an element at the end, in the elements on its way that are open there: those that the fields before it have written. */
export function put(children: Child[], open: Set<Child>, path: string, inside: Inside): void {
  const [name = '', ...rest] = path.split('/');
  if (rest.length === 0) {
    const child: Child = { name, inside: 'text' in inside ? inside : [...inside] };
    if (!('text' in inside)) open.add(child);
    children.push(child);
    return;
  }
  let last = children.at(-1);
  if (last?.name !== name || !open.has(last)) {
    last = { name, inside: [] };
    open.add(last);
    children.push(last);
  }
  put((last as Growing).inside, open, rest.join('/'), inside);
}
