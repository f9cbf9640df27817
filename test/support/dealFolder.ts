/** Folders of deals for tests: those that ship, and copies with something changed. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { DealError, readDeal } from '../../examples/ansteel-rio-tinto/readDeal.js';

type Json = Record<string, unknown>;

/** The deals among the test inputs. */
export const INPUT_DEALS = path.resolve(__dirname, '../fixtures/inputs/deals');

/** Sets values at paths such as `parties.0.lei` of a deal.json; `undefined` takes the field away. */
export function withValues(changes: Readonly<Record<string, unknown>>): (text: string) => string {
  return (text) => {
    const deal = JSON.parse(text) as Json;
    for (const [place, value] of Object.entries(changes)) {
      const steps = place.split('.');
      const last = steps.pop() ?? '';
      const parent = steps.reduce((at, step) => at[step] as Json, deal);
      parent[last] = value;
    }
    return JSON.stringify(deal, undefined, 2);
  };
}

/** A copy of a deal in a folder of its own, without the programs that lie beside it. */
export async function copyOfDeal(from: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tenor-deal-'));
  await cp(from, folder, { recursive: true, filter: (source) => !source.endsWith('.ts') });
  return folder;
}

/** A fresh copy of a deal for each test of the file or the block that asks for it. @returns its folder, while a test runs */
export function freshCopyOf(from: string): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await copyOfDeal(from);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  return () => folder;
}

/** Changes one file of a deal. */
export async function changeFile(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const target = path.join(folder, file);
  await writeFile(target, change(await readFile(target, 'utf8')));
}

/** How a deal that must not be read is refused. */
export async function refusalOf(deal: string): Promise<DealError> {
  const error: unknown = await readDeal(deal).catch((caught: unknown) => caught);
  if (error instanceof DealError) return error;
  throw new Error('the deal was read', { cause: error });
}
