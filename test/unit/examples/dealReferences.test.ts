/** Payments of a deal that carry no UETR: what they have to say instead, and what their messages have to name. */
import { expect, it } from '@jest/globals';
import { changeFile, freshCopyOf, refusalOf, withValues } from '../../support/dealFolder.js';
import { DEAL_FOLDER } from '../documents/support.js';

const folder = freshCopyOf(DEAL_FOLDER);

const REPORT = 'payments/rio-tinto-cny.pacs.002.xml';
const PLACE = '/Document/FIToFIPmtStsRpt/TxInfAndSts/OrgnlEndToEndId';

it('need an end-to-end id that banks pass on', async () => {
  await changeFile(
    folder(),
    'deal.json',
    withValues({ 'payments.2.uetr': undefined, 'payments.2.endToEndId': 'AT_3' }),
  );
  const { file, place, remedy } = await refusalOf(folder());
  expect([file, place]).toEqual(['deal.json', '$.payments[2].endToEndId']);
  expect(remedy).toMatch(/1 to 35 letters, .+ or the payment's uetr\.$/);
});

it('need one of their own on an account, in letters of whatever case', async () => {
  const changes = {
    ...{ 'payments.0.uetr': undefined, 'payments.0.endToEndId': 'AT-PAY-7' },
    ...{ 'payments.2.uetr': undefined, 'payments.2.endToEndId': 'at-pay-7' },
  };
  const account = 'DEMO-ICBC-RIOTINTO-USD-01';
  await changeFile(folder(), 'deal.json', withValues({ ...changes, 'payments.2.account': account }));
  const { place, remedy } = await refusalOf(folder());
  expect([place, remedy]).toEqual(['$.payments[2].endToEndId', 'Give it another end-to-end id: this one is taken.']);
});

it('are looked for by it in their messages', async () => {
  await changeFile(folder(), 'deal.json', withValues({ 'payments.2.uetr': undefined }));
  await changeFile(folder(), REPORT, (xml) => xml.replace('AT-PAY-20270323-003', 'AT-PAY-20270323-004'));
  const { file, place, remedy } = await refusalOf(folder());
  expect([file, place]).toEqual([REPORT, PLACE]);
  expect(remedy).toMatch(/^Take the report that names the end-to-end id of rio-tinto-cny once\. /);
});
