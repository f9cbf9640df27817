/** Every change of one element of a message or document: left out, doubled, exchanged with its neighbour, or with another text. */

/** An element of a message. */
export interface Node {
  readonly open: string;
  readonly close: string;
  readonly children: readonly Node[];
  readonly text: string;
}

/** The elements of a message; its text between elements is white space. */
export function parse(xml: string): Node {
  const tokens = xml.replace(/<\?xml[^>]*\?>/, '').match(/<[^>]+>|[^<]+/g) ?? [];
  let at = tokens.findIndex((token) => token.startsWith('<'));
  const element = (): Node => {
    const open = tokens[at++] ?? '';
    if (open.endsWith('/>')) return { open, close: '', children: [], text: '' };
    const [children, text]: [Node[], string[]] = [[], []];
    while (!(tokens[at] ?? '</').startsWith('</')) {
      if (tokens[at]?.startsWith('<') === true) children.push(element());
      else text.push(tokens[at++] ?? '');
    }
    return { open, close: tokens[at++] ?? '', children, text: children.length > 0 ? '' : text.join('') };
  };
  return element();
}

/** A message as text. */
export const print = ({ open, close, children, text }: Node): string =>
  open + (children.length > 0 ? children.map(print).join('') : text) + close;

/** Texts that stand in the place of others: of other fields of a message, and of none. */
const TEXTS = [
  '',
  '0',
  '1',
  '99999999.99',
  '999999999999999',
  'CRDT',
  'DBIT',
  'BOOK',
  'PDNG',
  'true',
  'false',
  '2027-03-23',
  'X',
];

/** A message that differs from another in one element. */
export interface Mutant {
  readonly node: Node;
  /** Name of the element whose text is another; undefined where elements are left out, doubled or exchanged. */
  readonly rewritten?: string;
}

const nameOf = ({ open }: Node): string => /^<(?:[\w-]+:)?([\w-]+)/.exec(open)?.[1] ?? '';

/** All messages that differ from one in one element. */
export function mutantsOf(node: Node): Mutant[] {
  const { children } = node;
  const withChildren = (changed: readonly Node[]): Mutant => ({ node: { ...node, children: changed } });
  const ofTexts =
    children.length > 0 ? [] : TEXTS.map((text): Mutant => ({ node: { ...node, text }, rewritten: nameOf(node) }));
  const ofChildren = children.flatMap((child, index) => {
    const [before, after] = [children.slice(0, index), children.slice(index + 1)];
    const [next, ...rest] = after;
    return [
      withChildren([...before, ...after]),
      withChildren([...before, child, child, ...after]),
      ...(next === undefined ? [] : [withChildren([...before, next, child, ...rest])]),
      ...mutantsOf(child).map(({ node: mutant, ...how }): Mutant => ({
        ...withChildren([...before, mutant, ...after]),
        ...how,
      })),
    ];
  });
  return [...ofTexts, ...ofChildren];
}
