/** Messages made from the published schemas, with everything that each allows or with the least: what the new readers make of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sampleOf, type Extent } from '../documents/schemaSamples.js';
import { refusalOf, SHARED_DATA, sharedDataFor } from '../documents/support.js';
import { validate } from '../documents/validate.js';
import { MESSAGES } from './samples.js';

const published = sharedDataFor('messages made from the schemas, for the readers of orders and answers') ? it : it.skip;

const LEAST: Extent = { optional: false, choice: 'first', repeated: 1 };
const FIRST: Extent = { optional: true, choice: 'first', repeated: 1 };
const LAST: Extent = { optional: true, choice: 'last', repeated: 1 };
const TWICE: Extent = { optional: true, choice: 'first', repeated: 2 };

/** Where a message is refused, by hand: with the least, with all and the first or the last of each choice, and with all twice. */
const WANTED: Readonly<Record<string, readonly (string | undefined)[]>> = {
  // The samples count one payment, so two are too many.
  'pacs.008.001.08': [undefined, undefined, undefined, 'FIToFICstmrCdtTrf/GrpHdr/NbOfTxs'],
  'pacs.009.001.08': [undefined, undefined, undefined, 'FICdtTrf/GrpHdr/NbOfTxs'],
  // An order must say to whom it pays, and it must say an amount: the last choice is the equivalent of one in another currency.
  'pain.001.001.09': [
    ...['CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr', undefined, 'CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Amt/InstdAmt'],
    'CstmrCdtTrfInitn/PmtInf[1]/NbOfTxs',
  ],
  'pain.002.001.10': [undefined, undefined, undefined, undefined],
  'pain.013.001.07': [
    ...[undefined, undefined, 'CdtrPmtActvtnReq/PmtInf/CdtTrfTx/Amt/InstdAmt'],
    'CdtrPmtActvtnReq/GrpHdr/NbOfTxs',
  ],
  'pain.014.001.07': [undefined, undefined, undefined, undefined],
  'camt.056.001.08': [undefined, undefined, undefined, 'FIToFIPmtCxlReq/CtrlData/NbOfTxs'],
  // The last choice answers another question than a recall.
  'camt.029.001.09': [undefined, undefined, 'RsltnOfInvstgtn/Sts/Conf', undefined],
};

describe('A message made from a published schema', () => {
  published.each(Object.keys(WANTED))('%s is valid, and read unless it says too little', async (schema) => {
    const message = MESSAGES.find((each) => each.schema === schema);
    const xsd = readFileSync(path.join(SHARED_DATA, 'iso20022', `${schema}.xsd`), 'utf8');
    const samples = [LEAST, FIRST, LAST, TWICE].map((extent) => sampleOf(xsd, extent));
    expect(await validate(samples, `${schema}.xsd`)).toEqual({ valid: true, errors: [] });
    expect(samples.map((xml) => refusalOf(() => message?.read?.(xml))?.[1].replace('/Document/', ''))).toEqual(
      WANTED[schema],
    );
  });
});
