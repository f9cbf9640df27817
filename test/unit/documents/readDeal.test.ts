/** The deal that ships with the project. */
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isLei, isUsci, minorOf } from '../../../chaincode/src/protocol/index.js';
import { TOPOLOGIES } from '../../../network/src/topology.js';
import { readDeal } from '../../../examples/ansteel-rio-tinto/readDeal.js';
import { DEAL_FOLDER, dealFile } from './support.js';

describe('The deal', () => {
  it('is read with all its files', async () => {
    const deal = await readDeal(DEAL_FOLDER);
    expect(deal.certificates.map(({ amount }) => amount)).toEqual([
      { amount: '34000000.00', currency: 'USD' },
      { amount: '39000000.00', currency: 'CNY' },
    ]);
    expect(deal.worth.total).toEqual({ amount: '260000000.00', currency: 'CNY' });
    expect(
      deal.certificates.map(({ documents }) => documents.map(({ type, document }) => [type, document.number])),
    ).toEqual([
      [
        ['INVOICE', 'RTIO-2026-11-0417'],
        ['BILL_OF_LADING', 'SOC-PWL-YIK-2611'],
      ],
      [
        ['INVOICE', '26312000000000000418'],
        ['BILL_OF_LADING', 'SOC-PWL-YIK-2612'],
      ],
    ]);
    expect(deal.payments.map(({ status }) => status.transactions[0]?.status)).toEqual(['ACCC', 'ACCC', 'ACCC']);
    expect(deal.attempts.inProcess.status.transactions[0]?.status).toBe('ACSP');
    expect(deal.attempts.anotherAccount.credit.accounts[0]?.account.id).toBe('DEMO-ICBC-RIOTINTO-USD-99');
  });

  it('gives each party an organisation of its own, all of them in the network', async () => {
    const { parties } = await readDeal(DEAL_FOLDER);
    const organizations = TOPOLOGIES['five-org'].organizations.map(({ name }) => name);
    expect(parties.map(({ organization }) => organization).sort()).toEqual([...organizations].sort());
    expect(parties.every(({ lei, usci }) => isLei(lei) && (usci === undefined || isUsci(usci)))).toBe(true);
    expect(parties.find(({ key }) => key === 'baowu')?.roles).toEqual(['operator']);
  });

  it.each(['invoice-usd.xml', 'invoice-contractor.xml', 'invoice-over-line.xml'])(
    'has lines in %s that multiply out and add up',
    (name) => {
      const xml = dealFile(`documents/${name}`);
      const numbers = (element: string): string[] =>
        [...xml.matchAll(new RegExp(`<cbc:${element}[^>]*>([0-9.]+)<`, 'g'))].map((match) => match[1] ?? '');
      const cents = (text: string): bigint => BigInt(minorOf(text, 'USD'));
      const quantities = numbers('InvoicedQuantity').map(BigInt);
      const lines = numbers('PriceAmount').map((price, index) => cents(price) * (quantities[index] ?? 0n));
      const [sum, ...extensions] = numbers('LineExtensionAmount').map(cents);
      expect(extensions).toEqual(lines);
      expect(sum).toBe(lines.reduce((total, line) => total + line, 0n));
      expect(numbers('PayableAmount').map(cents)).toEqual([sum]);
    },
  );

  it('has lines in the Chinese invoice that add up, and parties by their USCI', async () => {
    const xml = dealFile('documents/invoice-cny.xml');
    const sumOf = (element: string): bigint =>
      [...xml.matchAll(new RegExp(`<${element}>([0-9.]+)<`, 'g'))].reduce(
        (sum, [, text]) => sum + BigInt(minorOf(text ?? '', 'CNY')),
        0n,
      );
    expect([sumOf('Amount'), sumOf('ComTaxAm'), sumOf('TotaltaxIncludedAmount')]).toEqual(
      ['TotalAmWithoutTax', 'TotalTaxAm', 'TotalTax-includedAmount'].map(sumOf),
    );
    const { certificates, parties } = await readDeal(DEAL_FOLDER);
    const [invoice] = certificates[1]?.documents ?? [];
    expect(invoice?.document).toMatchObject({
      seller: { usci: parties.find(({ key }) => key === 'rio-tinto')?.usci },
      buyer: { usci: parties.find(({ key }) => key === 'ansteel')?.usci },
      ...{ taxExclusiveAmount: '34513274.34', taxAmount: '4486725.66', payableAmount: '39000000.00' },
    });
  });
});

describe('A deal', () => {
  it('that is not there is refused with the folder where it was looked for', async () => {
    const nowhere = path.join(DEAL_FOLDER, 'nowhere');
    const error: unknown = await readDeal(nowhere).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'DealError', file: 'deal.json', remedy: expect.stringMatching(/folder/) });
    expect(String(error)).toContain(nowhere);
  });
});
