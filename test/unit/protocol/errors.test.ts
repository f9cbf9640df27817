/** Refusals: a closed table, and a text that carries one through whatever wraps it. */
import { describe, expect, it } from '@jest/globals';
import { ERROR_CLASSES } from '../../../chaincode/src/protocol/errorClasses.js';
import { decodeError, encodeError, ERRORS, TenorError } from '../../../chaincode/src/protocol/errors.js';
import { DOCUMENT_ERRORS } from '../../../client/src/documents/documentError.js';

const REFUSAL = new TenorError('LINE_EXCEEDED', { lineId: 'L'.repeat(22), index: '3' });
const TEXT = encodeError(REFUSAL);

/** How a sentence begins that tells the reader what to do. Other verbs may be added; a text without one is not finished. */
const REMEDY = new RegExp(
  `^(?:(?:If|Where|When) [^,]+, )?(?:${[
    ...['Add', 'Adopt', 'Allow', 'Ask', 'Call', 'Change', 'Check', 'Choose', 'Claim', 'Close', 'Compare', 'Correct'],
    ...[
      'Discharge',
      'Do',
      'Download',
      'Draw',
      'Export',
      'Fetch',
      'Give',
      'Keep',
      'Leave',
      'Let',
      'Look',
      'Lower',
      'Make',
    ],
    ...['Name', 'Pay', 'Prepare', 'Present', 'Read', 'Register', 'Remove', 'Report', 'Send', 'Set', 'Split', 'Submit'],
    ...['Take', 'Try', 'Unwind', 'Use', 'Wait', 'Write', 'ask', 'let', 'report', 'take'],
  ].join('|')})\\b`,
);
const saysWhatToDo = (text: string): boolean => text.split(/(?<=[.:;]) /).some((sentence) => REMEDY.test(sentence));

describe('encodeError', () => {
  it('says it in words first, then in a tail with sorted data', () => {
    expect(TEXT).toBe(
      `LINE_EXCEEDED: ${ERRORS.LINE_EXCEEDED} TENOR/1 {"code":"LINE_EXCEEDED","data":{"index":"3","lineId":"${'L'.repeat(22)}"}}`,
    );
  });

  it('gives the same text whatever the order of the data', () => {
    expect(encodeError(new TenorError('LINE_EXCEEDED', { index: '3', lineId: 'L'.repeat(22) }))).toBe(TEXT);
  });

  it.each(Object.keys(ERRORS) as (keyof typeof ERRORS)[])('%s comes back from its text', (code) => {
    const found = decodeError(encodeError(new TenorError(code, { id: 'x' })));
    expect([found?.code, found?.data, found?.message]).toEqual([code, { id: 'x' }, `${code}: ${ERRORS[code]}`]);
    expect(Object.keys(ERROR_CLASSES)).toContain(found?.class);
  });
});

describe('decodeError', () => {
  it.each([
    ['alone', TEXT],
    ['without the words before it', TEXT.slice(TEXT.indexOf('TENOR/1 '))],
    ['behind what the peer says', `chaincode response 500, ${TEXT}`],
    ['before what a gateway adds', `${TEXT}, transaction returned with failure`],
    ['in brackets', `{"message": failed {${TEXT}} }`],
    ['before another brace', `${TEXT} (peer {address: localhost:7051})`],
    ['twice, as two endorsers say it', `${TEXT}; ${TEXT}`],
    ['over lines', `10 ABORTED: failed\n${TEXT}\n    at Object.callback {}`],
  ])('finds it %s', (_where, text) => {
    const found = decodeError(text);
    expect([found?.code, found?.data]).toEqual(['LINE_EXCEEDED', REFUSAL.data]);
  });

  it('finds one whose data holds braces and quotes', () => {
    const odd = new TenorError('REQUEST_MALFORMED', { path: 'a}"{b\\}' });
    expect(decodeError(`x ${encodeError(odd)} }`)?.data).toEqual(odd.data);
  });

  it.each([
    ['nothing', ''],
    ['a text without the mark', `LINE_EXCEEDED: ${ERRORS.LINE_EXCEEDED}`],
    ['the mark alone', 'TENOR/1 '],
    ['an unknown code', 'TENOR/1 {"code":"FROM_THE_FUTURE","data":{}}'],
    ['a property of every object', 'TENOR/1 {"code":"toString","data":{}}'],
    ['another version of the mark', TEXT.replace('TENOR/1', 'TENOR/2')],
    ['another version of the mark, alone', 'TENOR/2 {"code":"STATE","data":{}}'],
    ['seven letters and a refusal', 'refused{"code":"STATE","data":{}}'],
    ['no JSON', 'TENOR/1 {code}'],
    ['JSON of another kind', 'TENOR/1 {"a":1}'],
    ['a list', 'TENOR/1 ["LINE_EXCEEDED"]'],
  ])('finds none in %s', (_what, text) => {
    expect(decodeError(text)).toBeUndefined();
  });

  it('finds none in a text cut anywhere inside the tail', () => {
    const from = TEXT.indexOf('TENOR/1 ');
    for (let length = from; length < TEXT.length; length++) expect(decodeError(TEXT.slice(0, length))).toBeUndefined();
  });

  it('carries the transaction id and the cause that the client knows', () => {
    const cause = new Error('gateway');
    const found = decodeError(TEXT, { transactionId: 'ab', cause });
    expect([found?.transactionId, found?.cause]).toEqual(['ab', cause]);
  });
});

describe('TenorError', () => {
  it('is an error with a name, a code and an explanation', () => {
    expect([REFUSAL instanceof Error, REFUSAL.name, REFUSAL.message]).toEqual([
      true,
      'TenorError',
      `LINE_EXCEEDED: ${ERRORS.LINE_EXCEEDED}`,
    ]);
    expect('cause' in REFUSAL).toBe(false);
  });

  it('explains every code in one sentence or more', () => {
    for (const [code, text] of Object.entries(ERRORS)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each([...Object.entries(ERRORS), ...Object.entries(DOCUMENT_ERRORS), ...Object.entries(ERROR_CLASSES)])(
    'says of %s what to do',
    (_code, text) => {
      expect({ text, saysWhatToDo: saysWhatToDo(text) }).toEqual({ text, saysWhatToDo: true });
    },
  );
});
