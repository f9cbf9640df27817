/** The files that a deal names: messages that prove nothing, names that no system has, and files of another kind than their entry says. */
import { execFileSync } from 'node:child_process';
import { cp, mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readDeal } from '../../../examples/ansteel-rio-tinto/readDeal.js';
import { changeFile, copyOfDeal, freshCopyOf, refusalOf, withValues } from '../../support/dealFolder.js';
import { changed, DEAL_FOLDER } from '../documents/support.js';

const folder = freshCopyOf(DEAL_FOLDER);

const json = (change: (text: string) => string): Promise<void> => changeFile(folder(), 'deal.json', change);

describe('a message', () => {
  const CREDIT = 'payments/rio-tinto-usd.camt.054.xml';
  const NTRY = '/Document/BkToCstmrDbtCdtNtfctn/Ntfctn/Ntry';

  it.each([
    [
      'books less than its payment',
      '<Amt Ccy="USD">30000000.00',
      '<Amt Ccy="USD">29999975.00',
      /add up to more than was booked/,
    ],
    ['books in another currency', '<Amt Ccy="USD">', '<Amt Ccy="AUD">', /another currency than its entry/],
  ])('that %s is refused with that reason', async (_what, from, to, reason) => {
    await changeFile(folder(), CREDIT, (text) => changed(text, from, to));
    expect(await refusalOf(folder())).toMatchObject({
      file: CREDIT,
      place: NTRY,
      remedy: expect.stringMatching(reason),
    });
  });

  it.each([
    ['a report of a payment that has ended', 'ACSP', 'RJCT'],
    ['a report with a status that the ledger does not know', 'ACSP', 'ABCD'],
  ])('among the false ones that is %s is refused', async (_what, from, to) => {
    await changeFile(folder(), 'payments/in-process.pacs.002.xml', (text) => changed(text, from, to));
    expect(await refusalOf(folder())).toMatchObject({ place: '$.attempts.inProcess.statusFile' });
  });

  it('among the false ones that proves nothing is refused with the reason', async () => {
    const file = 'payments/another-account.camt.054.xml';
    await changeFile(folder(), file, (text) => changed(text, /<Cd>BOOK<\/Cd>\s*<\/Sts>/, '<Cd>PDNG</Cd></Sts>'));
    expect(await refusalOf(folder())).toMatchObject({ file, place: NTRY, remedy: expect.stringMatching(/not booked/) });
  });
});

describe('a file of the deal', () => {
  const INVOICE = 'documents/invoice-usd.xml';
  const nameInvoice = (file: string): Promise<void> => json(withValues({ 'certificates.0.documents.0.file': file }));

  it.each(['documents/invoice usd (1).xml', '单据/发票 第1号.xml', 'rechnung-für-März.xml', 'a..b.xml', '.hidden'])(
    'may be called %s',
    async (name) => {
      await mkdir(path.dirname(path.join(folder(), name)), { recursive: true });
      await rename(path.join(folder(), INVOICE), path.join(folder(), name));
      await nameInvoice(name);
      expect((await readDeal(folder())).certificates[0]?.documents[0]?.file).toBe(name);
    },
  );

  it.each([
    ...[
      '../invoice.xml',
      'documents/../../invoice.xml',
      '/etc/passwd',
      '..',
      '.',
      '',
      'documents/',
      'documents//invoice.xml',
    ],
    ...[
      'documents\\invoice.xml',
      'C:invoice.xml',
      'invoice?.xml',
      'invoice\u0000.xml',
      'invoice\n.xml',
      '\ud800.xml',
      'lmx\u202e.xml',
    ],
  ])('may not be called %j', async (name) => {
    await nameInvoice(name);
    const error = await refusalOf(folder());
    expect(error.place).toBe('$.certificates[0].documents[0].file');
    expect(error.remedy).toContain(
      'Not in a name: . and .. for a folder, control characters, marks that turn the direction of text, \\ : * ? " < > |.',
    );
  });

  it('that is a link out of the folder is not read, and one inside is', async () => {
    const outside = await copyOfDeal(DEAL_FOLDER);
    try {
      await rm(path.join(folder(), INVOICE));
      await symlink(path.join(outside, INVOICE), path.join(folder(), INVOICE));
      expect(await refusalOf(folder())).toMatchObject({
        file: INVOICE,
        place: '',
        remedy: expect.stringMatching(/not a link that leads out/),
      });
      await rm(path.join(folder(), 'documents'), { recursive: true });
      await symlink(path.join(outside, 'documents'), path.join(folder(), 'documents'));
      expect(await refusalOf(folder())).toMatchObject({ remedy: expect.stringMatching(/not a link that leads out/) });
      await cp(path.join(outside, 'documents'), path.join(folder(), 'papers'), { recursive: true });
      await rm(path.join(folder(), 'documents'));
      await symlink('papers', path.join(folder(), 'documents'));
      expect((await readDeal(folder())).name).toBe('ansteel-rio-tinto');
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it.each([
    ['a folder', (file: string) => mkdir(file), /it is no file/],
    [
      'a pipe, which would never end',
      (file: string) => void execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', file]),
      /it is no file/,
    ],
    [
      'larger than a document may be',
      (file: string) => writeFile(file, '').then(() => truncate(file, 2 ** 31)),
      /larger than 1 MB/,
    ],
  ])('that is %s is refused', async (_what, make, remedy) => {
    await rm(path.join(folder(), INVOICE));
    await make(path.join(folder(), INVOICE));
    expect(await refusalOf(folder())).toMatchObject({
      file: INVOICE,
      place: '',
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each([
    ['certificates.0.documents.0.file', 'documents/bill-of-lading-usd.json', 'an invoice', 'JSON'],
    ['certificates.0.documents.0.file', 'deal.json', 'an invoice', 'JSON'],
    ['certificates.0.documents.0.file', 'README.md', 'an invoice', 'of a kind that is not known'],
    ['certificates.0.documents.1.file', INVOICE, 'a bill of lading', 'XML, Invoice'],
    ['payments.0.statusFile', 'payments/rio-tinto-usd.camt.054.xml', 'a payment status report', 'XML, camt.054.001.08'],
    ['payments.0.creditFile', 'payments/in-process.pacs.002.xml', 'a credit notification', 'XML, pacs.002.001.10'],
    ['attempts.anotherAccount.creditFile', INVOICE, 'a credit notification', 'XML, Invoice'],
  ])('that %s names, %s, is of another kind, which is said with the entry', async (entry, file, wanted, found) => {
    await json(withValues({ [entry]: file }));
    const error = await refusalOf(folder());
    expect(error).toMatchObject({ file, place: '', entry: `$.${entry.replaceAll(/\.(\d+)/g, '[$1]')}` });
    expect(error.remedy.startsWith(`Name ${wanted}`)).toBe(true);
    expect(error.remedy.endsWith(` instead: this file is ${found}.`)).toBe(true);
  });

  it('that is damaged is told so, and not that it is of another kind', async () => {
    await changeFile(folder(), 'documents/bill-of-lading-usd.json', (text) => text.slice(0, -3));
    expect((await refusalOf(folder())).message).toBe(
      'documents/bill-of-lading-usd.json: DOCUMENT_NOT_JSON: The file is JSON. The document is not well-formed JSON. ' +
        'Take the file as its sender wrote it, unedited. deal.json names this file at $.certificates[0].documents[1].file (line 218).',
    );
  });

  it('that is not there is refused with the entry that names it', async () => {
    await json(withValues({ 'transfers.0.documents.0.file': 'documents/none.xml' }));
    expect((await refusalOf(folder())).message).toMatch(
      /^documents\/none\.xml: Put this file into the folder \S+ and make it readable, or name another file\. deal\.json names this file at \$\.transfers\[0\]\.documents\[0\]\.file \(line \d+\)\.$/,
    );
  });
});
