/** Deals that cannot be played are refused before anything is started: file, place, line of the real fault, and what to do. */
import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { changeFile, freshCopyOf, INPUT_DEALS, refusalOf, withValues } from '../../support/dealFolder.js';
import { changed, DEAL_FOLDER } from '../documents/support.js';

const folder = freshCopyOf(DEAL_FOLDER);

const json = (change: (text: string) => string): Promise<void> => changeFile(folder(), 'deal.json', change);

/** An LEI of 18 letters and digits, with its check digits (ISO 7064 MOD 97-10). */
function leiOf(base: string): string {
  const digits = Array.from(`${base}00`, (letter) => Number.parseInt(letter, 36).toString()).join('');
  return `${base}${(98n - (BigInt(digits) % 97n)).toString().padStart(2, '0')}`;
}

type Row = readonly [what: string, changes: Readonly<Record<string, unknown>>, place: string, remedy: RegExp];

const SHAPES: readonly Row[] = [
  ['no policy', { policy: undefined }, '$.policy', /^Add this field, which is missing\. .+: version, effectiveFrom,/],
  ['no list of holidays', { 'calendar.holidays': undefined }, '$.calendar.holidays', /^Add this field, .+ a list/],
  [
    'no amount',
    { 'certificates.0.amount': undefined },
    '$.certificates[0].amount',
    /missing\. .+: amount, currency\.$/,
  ],
  ['an amount that is text alone', { 'lines.0.limit': '1.00' }, '$.lines[0].limit', /object with .+: amount, currency/],
  [
    'a currency in small letters',
    { 'lines.0.limit.currency': 'usd' },
    '$.lines[0].limit.currency',
    /three capitals, such as USD/,
  ],
  [
    'an account in no currency',
    { 'parties.2.accounts.0.currency': 'RMB' },
    '$.parties[2].accounts[0].currency',
    /three capitals/,
  ],
  [
    'cents of a yen',
    { 'lines.0.limit.currency': 'JPY' },
    '$.lines[0].limit.amount',
    /decimals of JPY, such as "123450"/,
  ],
  ['a field with a slip', { 'lines.0.limt': {} }, '$.lines[0].limt', /not one of .+: key, bank, issuer, limit,/],
  ['a year without end', { 'lines.0.expiresOn': '9999-12-31' }, '$.lines[0].expiresOn', /1900 to 2199/],
  [
    'an account of dashes alone',
    { 'parties.2.accounts.0.id': '-----' },
    '$.parties[2].accounts[0].id',
    /1 to 34 letters and digits/,
  ],
  [
    'an IBAN under another scheme',
    { 'parties.2.accounts.0.id': 'DE89 3704 0044 0532 0130 00' },
    '$.parties[2].accounts[0].id',
    /Give an IBAN the scheme IBAN/,
  ],
  ['a later version of the calendar', { 'calendar.version': 2 }, '$.calendar.version', /the first version is 1/],
  ['a later version of the policy', { 'policy.version': 2 }, '$.policy.version', /the first version is 1/],
  ['a week without a working day', { 'calendar.weekend': [0, 1, 2, 3, 4, 5, 6] }, '$.calendar.weekend', /at most 6/],
  ['a weekday that is named twice', { 'calendar.weekend': [5, 5] }, '$.calendar.weekend', /once/],
  ['a key of a whole page', { 'lines.0.key': 'a'.repeat(65) }, '$.lines[0].key', /at most 64/],
  ['a role that is named twice', { 'parties.2.roles': ['supplier', 'supplier'] }, '$.parties[2].roles', /once/],
  ['half a letter in a name', { 'parties.0.name': 'Ansteel \ud800' }, '$.parties[0].name', /text of 1 to 200/],
  [
    'an organisation that begins with a digit',
    { 'parties.0.organization': '1st' },
    '$.parties[0].organization',
    /letter/,
  ],
  [
    'an organisation whose name no certificate could carry',
    { 'parties.0.organization': 'a'.repeat(41) },
    '$.parties[0].organization',
    /at most 40/,
  ],
  [
    'an account that says it is an IBAN and is none',
    { 'parties.2.accounts.0.scheme': 'IBAN' },
    '$.parties[2].accounts[0].id',
    /IBAN without blanks/,
  ],
  [
    'an IBAN with blanks',
    { 'parties.2.accounts.0': { currency: 'USD', scheme: 'IBAN', id: 'DE89 3704 0044 0532 0130 00' } },
    '$.parties[2].accounts[0].id',
    /IBAN without blanks/,
  ],
  [
    'an IBAN with a wrong digit',
    { 'parties.2.accounts.0': { currency: 'USD', scheme: 'IBAN', id: 'DE89370400440532013001' } },
    '$.parties[2].accounts[0].id',
    /check digits/,
  ],
  [
    'more documents behind a certificate than the ledger takes',
    { 'certificates.0.documents': Array.from({ length: 21 }, () => ({ type: 'BILL_OF_LADING', file: 'x' })) },
    '$.certificates[0].documents',
    /at most 20/,
  ],
];

const SPARE_LINE = {
  ...{ key: 'line-spare', bank: 'icbc', issuer: 'ansteel', limit: { amount: '1.00', currency: 'USD' } },
  ...{ expiresOn: '2026-11-23', revolving: true, autoConfirm: true },
};
/** Every day of the month after maturity. */
const MONTH = Array.from({ length: 31 }, (_, day) => new Date(Date.UTC(2027, 2, 24 + day)).toISOString().slice(0, 10));

const RULES: readonly Row[] = [
  [
    'a line for more than ten years',
    { 'lines.1.expiresOn': '2036-11-24' },
    '$.lines[1].expiresOn',
    /2036-11-23 or an earlier date/,
  ],
  ['two parties of one USCI', { 'parties.1.usci': '91210000DEMAANTR84' }, '$.parties[1].usci', /another USCI/],
  [
    'a calendar that ends before the business date',
    { 'calendar.until': '2026-11-20' },
    '$.calendar.until',
    /reach 2026-11-23 \(\$\.businessDate\)/,
  ],
  [
    'a calendar that ends with the deal',
    { 'calendar.until': '2027-03-23' },
    '$.calendar.until',
    /2027-04-23 or a later day/,
  ],
  [
    'a due date that is past',
    { 'certificates.0.dueDate': '2026-11-20' },
    '$.certificates[0].dueDate',
    /after the business date, 2026-11-23/,
  ],
  [
    'an account that the payee does not have',
    { 'payments.0.account': 'DEMO-1' },
    '$.payments[0].account',
    /rio-tinto in USD: DEMO-ICBC-RIOTINTO-USD-01/,
  ],
  [
    'a payee without an account in the currency',
    { 'parties.3.accounts.0.currency': 'AUD' },
    '$.payments[1].account',
    /Give pilbara-mining an account in USD/,
  ],
  [
    'a line that expires before it is opened',
    { 'lines.2': SPARE_LINE },
    '$.lines[2].expiresOn',
    /after the business date/,
  ],
  [
    'no working day in the month after maturity',
    { 'calendar.holidays': MONTH },
    '$.maturityDate',
    /a working day follows within a month/,
  ],
  [
    'an SME that is paid too late',
    { 'parties.2.sme': true },
    '$.certificates[0].dueDate',
    /at most 60 days after delivery, not 125: Rio Tinto Iron Ore/,
  ],
  [
    'an SME that is paid a day too late',
    { 'parties.2.sme': true, 'policy.smePaymentDays': 124 },
    '$.certificates[0].dueDate',
    /at most 124 days after delivery, not 125/,
  ],
  ['a bank that buys too', { 'parties.1.roles': ['bank', 'issuer'] }, '$.parties[1].roles', /role bank have no other/],
  [
    'a promise to oneself',
    { 'parties.0.roles': ['issuer', 'supplier'], 'certificates.0.payee': 'ansteel' },
    '$.certificates[0].payee',
    /another party than the issuer/,
  ],
  ['a transfer to oneself', { 'transfers.0.to': 'rio-tinto' }, '$.transfers[0].to', /to itself/],
  [
    'a transfer to the one who owes the payment',
    { 'parties.0.roles': ['issuer', 'supplier'], 'transfers.0.to': 'ansteel' },
    '$.transfers[0].to',
    /owes the payment/,
  ],
  [
    'a line that has expired',
    { 'lines.1.expiresOn': '2026-11-23' },
    '$.certificates[1].line',
    /does not expire before/,
  ],
  [
    'a value date that is not the day on which the holders present',
    { 'payments.0.valueDate': '2027-03-24' },
    '$.payments[0].valueDate',
    /maturityDate/,
  ],
  [
    'a working day that is a holiday too',
    { 'calendar.extraWorkdays': ['2027-03-23'], 'calendar.holidays': ['2027-03-23'] },
    '$.maturityDate',
    /working day/,
  ],
];

/** In the deal of many parties. */
const MANY: readonly Row[] = [
  [
    'slices that change hands more often than the policy lets them',
    { 'policy.maxTier': 2 },
    '$.transfers[3].amount',
    /maxTier: a slice may change hands 2 times/,
  ],
  [
    'two payments for what one party holds of a certificate',
    { 'payments.1.payee': 'rio-tinto' },
    '$.payments[1]',
    /by one payment/,
  ],
  [
    'one invoice behind certificates of two banks',
    { 'certificates.1.bank': 'southern-bank', 'certificates.1.line': 'line-southern' },
    '$.certificates[1].documents',
    /another document than documents\/发票 共用\.xml: it backs a certificate of another bank/,
  ],
];

async function expectRefused([, changes, place, remedy]: Row): Promise<void> {
  await json(withValues(changes));
  const error = await refusalOf(folder());
  expect([error.file, error.place]).toEqual(['deal.json', place]);
  expect(error.remedy).toMatch(remedy);
  expect(error.message).toBe(`deal.json, ${place} (line ${String(error.line)}): ${error.remedy}`);
}

describe('a deal of another shape', () => {
  it.each(SHAPES)('with %s is refused', (...row) => expectRefused(row));
});

describe('a deal that a rule of the ledger refuses', () => {
  it.each(RULES)('with %s is refused before a network is started', (...row) => expectRefused(row));

  it('leaves somebody with more slices than are presented together', async () => {
    const { transfers } = JSON.parse(await readFile(path.join(folder(), 'deal.json'), 'utf8')) as {
      transfers: object[];
    };
    const amount = { amount: '10000.00', currency: 'USD' };
    const documents = [{ type: 'INVOICE', file: 'documents/invoice-contractor.xml', capacity: '10000.00' }];
    const many = Array.from({ length: 51 }, (_, index) => ({
      ...transfers[0],
      key: `t-${String(index)}`,
      amount,
      documents,
    }));
    await json(withValues({ transfers: many }));
    expect(await refusalOf(folder())).toMatchObject({
      place: '$.certificates[0]',
      remedy: expect.stringMatching(/more than 50 slices/),
    });
  });

  it('has an invoice behind more certificates than one claim can back', async () => {
    const text = await readFile(path.join(folder(), 'deal.json'), 'utf8');
    const { certificates } = JSON.parse(text) as { certificates: object[] };
    const [usd = {}, cny] = certificates;
    const money = (amount: string): object => ({ amount, currency: 'USD' });
    const documents = [{ type: 'INVOICE', file: 'documents/invoice-usd.xml', capacity: '1000.00' }];
    const many = Array.from({ length: 51 }, (_, index) => ({
      ...usd,
      key: `c-${String(index)}`,
      amount: money('1000.00'),
      documents,
    }));
    await json(
      withValues({
        ...{ 'worth.total.amount': '39331500.00', 'worth.equivalent.amount': '6051000.00' },
        ...{ certificates: [...many, cny], 'lines.0.limit': money('5000000.00') },
        ...{ 'transfers.0.certificate': 'c-0', 'transfers.0.amount': money('1.00') },
        'transfers.0.documents.0.capacity': '1.00',
      }),
    );
    expect(await refusalOf(folder())).toMatchObject({
      place: '$.certificates[50].documents',
      remedy: expect.stringMatching(/at most 50 certificates/),
    });
  });

  it('has more banks than the ledger asks of each document', async () => {
    const { parties } = JSON.parse(await readFile(path.join(folder(), 'deal.json'), 'utf8')) as { parties: object[] };
    const banks = Array.from({ length: 30 }, (_, index) => {
      const name = `bank-n${String(index)}`;
      return {
        ...parties[1],
        usci: undefined,
        key: name,
        organization: name,
        lei: leiOf(`TEST00BANK0000${String(1000 + index)}`),
      };
    });
    await json(withValues({ parties: [...parties, ...banks] }));
    expect(await refusalOf(folder())).toMatchObject({
      place: '$.parties',
      remedy: expect.stringMatching(/at most 30/),
    });
  });

  it('has only slices that cannot be halved', async () => {
    const cents = (amount: string): object => ({ amount, currency: 'USD' });
    await json(
      withValues({
        'worth.total.amount': '39000000.13',
        'worth.equivalent.amount': '6000000.02',
        'lines.0.limit': cents('4000000.00'),
        'certificates.0.amount': cents('0.02'),
        'certificates.0.documents.0.capacity': '0.02',
        'transfers.0.amount': cents('0.01'),
        'transfers.0.documents.0.capacity': '0.01',
      }),
    );
    expect(await refusalOf(folder())).toMatchObject({
      place: '$.transfers[0].certificate',
      remedy: expect.stringMatching(/halve and double/),
    });
  });

  describe('among many parties', () => {
    beforeEach(() => cp(path.join(INPUT_DEALS, 'many-parties'), folder(), { recursive: true }));

    it.each(MANY)('with %s is refused', (...row) => expectRefused(row));

    it.each([
      [
        'an invoice that is worth less than it backs of two certificates',
        { 'documents/发票 共用.xml': ['36000000.00', '33999999.99'] },
        ['documents/发票 共用.xml', '/Invoice/LegalMonetaryTotal/PayableAmount'],
        /deal\.json gives it in all/,
      ],
      [
        'bills of lading that leave an invoice out',
        { 'documents/bill of lading southern 2.json': ['RTIO-2026-11-0503', 'RTIO-2026-11-0502'] },
        ['deal.json', '$.certificates[2].documents'],
        /named by exactly one/,
      ],
      [
        'two invoices of one number',
        {
          'documents/invoice southern 2.xml': ['RTIO-2026-11-0503', 'rtio 2026 11 0502'],
          'documents/bill of lading southern 2.json': ['RTIO-2026-11-0503', 'rtio 2026 11 0502'],
        },
        ['documents/invoice southern 2.xml', ''],
        /documents\/invoice southern 1\.xml is a document of the same number/,
      ],
    ] as const)('with %s is refused', async (_what, edits, place, remedy) => {
      for (const [file, [from = '', to = '']] of Object.entries<readonly string[]>(edits))
        await changeFile(folder(), file, (text) => changed(text, from, to));
      const error = await refusalOf(folder());
      expect([error.file, error.place]).toEqual(place);
      expect(error.remedy).toMatch(remedy);
    });
  });

  it('has a bill of lading whose number is longer than a claim can say, though it shows one letter', async () => {
    const file = 'documents/bill-of-lading-usd.json';
    const number = `A${String.fromCodePoint(0xe0100).repeat(300)}`;
    await changeFile(folder(), file, withValues({ number }));
    expect(await refusalOf(folder())).toMatchObject({
      file,
      place: '/number',
      remedy: expect.stringMatching(/at most 500/),
    });
  });

  it('has a document whose number no claim can have', async () => {
    await json(withValues({ 'certificates.0.documents.1': undefined }));
    await json((text) => text.replace(/,\s*null\s*\]/, ']'));
    await changeFile(folder(), 'documents/invoice-usd.xml', (text) =>
      changed(text, '<cbc:ID>RTIO-2026-11-0417</cbc:ID>', `<cbc:ID>${'7'.repeat(501)}</cbc:ID>`),
    );
    expect(await refusalOf(folder())).toMatchObject({ file: 'documents/invoice-usd.xml', place: '/Invoice/ID' });
  });
});
