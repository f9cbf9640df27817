/**
 * Every change of one element of a valid notification: left out, doubled, exchanged with its neighbour, or with another text. None of
 * them makes a credit larger or lets the reader break, so that an error on the way cannot turn into money.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { creditFor, DocumentError, NO_PROOF, readCreditNotification } from '../../../client/src/documents/index.js';
import { dealFile } from './support.js';

interface Node {
  readonly open: string;
  readonly close: string;
  readonly children: readonly Node[];
  readonly text: string;
}

/** The elements of a message; its text between elements is white space. */
function parse(xml: string): Node {
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

const print = ({ open, close, children, text }: Node): string =>
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

/** All messages that differ from one in one element. */
function mutantsOf(node: Node): Node[] {
  const { children } = node;
  const withChildren = (changed: readonly Node[]): Node => ({ ...node, children: changed });
  const ofTexts = children.length > 0 ? [] : TEXTS.map((text) => ({ ...node, text }));
  const ofChildren = children.flatMap((child, index) => {
    const [before, after] = [children.slice(0, index), children.slice(index + 1)];
    const [next, ...rest] = after;
    return [
      withChildren([...before, ...after]),
      withChildren([...before, child, child, ...after]),
      ...(next === undefined ? [] : [withChildren([...before, next, child, ...rest])]),
      ...mutantsOf(child).map((mutant) => withChildren([...before, mutant, ...after])),
    ];
  });
  return [...ofTexts, ...ofChildren];
}

const input = (name: string): string =>
  readFileSync(path.resolve(__dirname, '../../fixtures/inputs/camt', `${name}.xml`), 'utf8');
const DEAL = dealFile('payments/rio-tinto-usd.camt.054.xml');
const UETR_OF_DEAL = /<UETR>(.*)<\/UETR>/.exec(DEAL)?.[1] ?? '';
const UETR = '3e7b91d4-6a2c-4f18-9b3d-5c8e7a1f2046';

/** Message, UETR, and the credit that it proves in units of its smallest coin: nothing where there is none. */
const MESSAGES: readonly (readonly [what: string, xml: string, uetr: string, credit: bigint])[] = [
  ['a credit of the deal', DEAL, UETR_OF_DEAL, 3_000_000_000n],
  ['a credit of two in a batch', input('amounts-in-AmtDtls-batch'), UETR, 4000n],
  ['a credit beside another account', input('two-accounts'), UETR, 184_375_000n],
  ['a credit in an envelope', input('with-business-header'), UETR, 184_375_000n],
];

describe('A message with one element changed', () => {
  it.each(MESSAGES)('%s is never a larger credit', (_what, xml, uetr, credit) => {
    const outcomes = new Map<string, number>();
    for (const mutant of mutantsOf(parse(xml))) {
      let outcome: string;
      try {
        const found = creditFor(readCreditNotification(print(mutant)), uetr);
        if (found.credit !== undefined)
          expect(BigInt(found.credit.amount.replace('.', ''))).toBeLessThanOrEqual(credit);
        else expect(NO_PROOF).toHaveProperty(found.reason);
        outcome = found.reason ?? 'credit';
      } catch (error) {
        if (!(error instanceof DocumentError)) throw error;
        outcome = error.code;
      }
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    // Changes were made that leave the credit as it is, that take it away, and that break the message.
    expect(outcomes.get('credit')).toBeGreaterThan(20);
    expect(outcomes.get('PART_UNREADABLE')).toBeGreaterThan(20);
    expect(outcomes.get('DOCUMENT_FIELD_MISSING')).toBeGreaterThan(0);
  });
});
