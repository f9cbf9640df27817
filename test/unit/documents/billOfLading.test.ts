/** Bills of lading in JSON. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { DOCUMENT_BYTES_MAX, readBillOfLading } from '../../../client/src/documents/index.js';
import { changed, dealFile, refusalOf } from './support.js';

const GOOD = dealFile('documents/bill-of-lading-usd.json');

const REFUSED: readonly [what: string, json: string | Uint8Array, code: string, path: string][] = [
  ['nothing in it', '', 'DOCUMENT_EMPTY', ''],
  ['a comma too many', changed(GOOD, /}\s*$/, ',}'), 'DOCUMENT_NOT_JSON', ''],
  ['brackets without end', '['.repeat(200_000), 'DOCUMENT_NOT_JSON', ''],
  ['a list instead of an object', '[]', 'DOCUMENT_FIELD_INVALID', '/'],
  ['null instead of an object', 'null', 'DOCUMENT_FIELD_INVALID', '/'],
  ['bytes that are not UTF-8', Uint8Array.of(0x7b, 0xff, 0x7d), 'DOCUMENT_NOT_UTF8', ''],
  ['more than 1 MB', GOOD + ' '.repeat(DOCUMENT_BYTES_MAX), 'DOCUMENT_TOO_LARGE', ''],
  ['another type', changed(GOOD, 'BILL_OF_LADING', 'INVOICE'), 'DOCUMENT_FIELD_INVALID', '/type'],
  [
    'a second number',
    changed(GOOD, /"number": ".*",/, '$&\n"number": "OTHER",'),
    'DOCUMENT_FIELD_REPEATED',
    '/number, line 4',
  ],
  [
    'a second quantity of the second goods, its name escaped',
    changed(GOOD, '"quantity": "124800.000"', '"quantity": "124800.000", "quantit\\u0079": "1.000"'),
    'DOCUMENT_FIELD_REPEATED',
    '/goods/1/quantity, line 44',
  ],
  ['no number', changed(GOOD, /"number": ".*",/, ''), 'DOCUMENT_FIELD_MISSING', '/number'],
  ['a number that is a number', changed(GOOD, /"number": ".*"/, '"number": 417'), 'DOCUMENT_FIELD_INVALID', '/number'],
  ['a field of its own', changed(GOOD, '"number"', '"colour": "red", "number"'), 'DOCUMENT_FIELD_UNKNOWN', '/colour'],
  [
    'a field of its own further in',
    changed(GOOD, '"imo"', '"flag": "AU", "imo"'),
    'DOCUMENT_FIELD_UNKNOWN',
    '/vessel/flag',
  ],
  ['a date that does not exist', changed(GOOD, '2026-11-04', '2026-11-31'), 'DOCUMENT_FIELD_INVALID', '/issueDate'],
  ['a wrong IMO number', changed(GOOD, /"imo": "......./, '"imo": "1234568'), 'DOCUMENT_FIELD_INVALID', '/vessel/imo'],
  ['a wrong LEI', changed(GOOD, 'TOIRON56', 'TOIRON65'), 'DOCUMENT_FIELD_INVALID', '/shipper/lei'],
  ['a port without a code', changed(GOOD, '"AUPWL"', '"Walcott"'), 'DOCUMENT_FIELD_INVALID', '/portOfLoading/unlocode'],
  ['no vessel', changed(GOOD, /"vessel": \{[^}]*\},/, ''), 'DOCUMENT_FIELD_MISSING', '/vessel'],
  ['no goods', changed(GOOD, /"goods": \[[^\]]*\]/, '"goods": []'), 'DOCUMENT_FIELD_INVALID', '/goods'],
  [
    'a quantity without decimals',
    changed(GOOD, '"124800.000"', '"124800"'),
    'DOCUMENT_FIELD_INVALID',
    '/goods/1/quantity',
  ],
  [
    'U+0000 in a name',
    changed(GOOD, 'Southern Ore Carriers', 'Southern\\u0000'),
    'DOCUMENT_FIELD_INVALID',
    '/carrier/name',
  ],
];

describe('A bill of lading', () => {
  it('is read whole, with its fingerprint', () => {
    const read = readBillOfLading(GOOD);
    expect(read).toEqual({ ...(JSON.parse(GOOD) as object), sha256: createHash('sha256').update(GOOD).digest('hex') });
    expect(read.invoices).toEqual(['RTIO-2026-11-0417']);
  });

  it.each(REFUSED)('with %s is refused', (_what, json, code, place) => {
    expect(refusalOf(() => readBillOfLading(json))).toEqual([code, place]);
  });
});
