/** The deal as one picture: who promised what to whom, the slices that were passed on, and the payments. Plain SVG. */
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '@tenor/network';
import type { Deal } from '../readDeal.js';
import { nameOf } from '../../scene/names.js';
import { UsageError } from './options.js';
import type { Position } from './positions.js';

/** What happened between two parties, by their keys. */
interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: 'line' | 'promise' | 'slice' | 'payment';
  readonly text: string;
  /** A second line, in grey. */
  readonly note: string;
}

const COLUMN = 250;
const MARGIN = 30;
const TOP = 110;
const ROW = 64;
const BOX = { width: 210, height: 62 };
const COLOURS: Readonly<Record<Arrow['kind'], string>> = {
  line: '#5b6770',
  promise: '#1f5fa8',
  slice: '#8a4fbf',
  payment: '#1d7f4f',
};

/** Text of a deal is anybody's: it stands in the picture as text and nothing else. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${String(letter.charCodeAt(0))};`).replace(/\p{Cc}/gu, ' ');

const money = ({ amount, currency }: { readonly amount: string; readonly currency: string }): string =>
  `${currency} ${amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')}`;

/** The state of what a holder has of a certificate; of several slices, each state once. */
function stateOf(positions: readonly Position[], holder: string, certificate: string): string {
  const own = positions.filter(
    (each) => each.holder === holder && each.certificate === certificate && each.state !== 'SPENT',
  );
  const states = [...new Set(own.map(({ state }) => state))].join(' and ');
  if (own.length === 0) return 'slice not held';
  return own.length === 1 ? `slice ${states}` : `${String(own.length)} slices ${states}`;
}

/** Everything that moved, in the order of the deal. */
function arrowsOf(deal: Deal, positions: readonly Position[]): Arrow[] {
  const nameAt = (key: string): string => {
    const party = deal.parties.find((each) => each.key === key);
    return party === undefined ? key : nameOf(party);
  };
  return [
    ...deal.lines.map(({ key, bank, issuer, limit }) => ({
      ...{ from: bank, to: issuer, kind: 'line' as const, text: `credit up to ${money(limit)}`, note: key },
    })),
    ...deal.certificates.map(({ key, issuer, payee, bank, amount, dueDate }) => ({
      ...{ from: issuer, to: payee, kind: 'promise' as const, text: `promises ${money(amount)} on ${dueDate}` },
      note: `${key}, confirmed by ${nameAt(bank)}`,
    })),
    ...deal.transfers.map(({ from, to, amount, certificate }) => ({
      ...{ from, to, kind: 'slice' as const, text: `passes on ${money(amount)}`, note: `a slice of ${certificate}` },
    })),
    ...deal.payments.map(({ bank, payee, amount, uetr, endToEndId, certificate }) => ({
      from: deal.certificates.find(({ key }) => key === certificate)?.bank ?? bank,
      ...{ to: payee, kind: 'payment' as const, text: `pays ${money(amount)}` },
      note: `${stateOf(positions, nameAt(payee), certificate)}, ${uetr === undefined ? endToEndId : `UETR ${uetr.slice(0, 8)}…`}`,
    })),
  ];
}

const text = (x: number, y: number, content: string, attributes: string): string =>
  `<text x="${String(x)}" y="${String(y)}" ${attributes}>${escaped(content)}</text>`;

/** A party at the head of its column, and the line that hangs from it. */
function columnOf(
  x: number,
  bottom: number,
  { name, company }: { readonly name: string; readonly company: string },
): string {
  const shown = company.length > 30 ? `${company.slice(0, 29)}…` : company;
  return [
    `<line x1="${String(x)}" y1="${String(TOP)}" x2="${String(x)}" y2="${String(bottom)}" stroke="#c3c9cf" stroke-dasharray="4 4"/>`,
    `<rect x="${String(x - BOX.width / 2)}" y="${String(TOP - BOX.height)}" width="${String(BOX.width)}" height="${String(BOX.height)}" rx="6" fill="#f4f6f8" stroke="#8a949c"/>`,
    text(x, TOP - 36, name, 'text-anchor="middle" font-weight="bold"'),
    text(x, TOP - 15, shown, 'text-anchor="middle" font-size="12" fill="#4a545c"'),
  ].join('\n');
}

function arrow(fromX: number, toX: number, y: number, { kind, text: label, note }: Arrow): string {
  const [middle, colour] = [(fromX + toX) / 2, COLOURS[kind]];
  const tip = toX > fromX ? -8 : 8;
  return [
    `<path d="M${String(fromX)} ${String(y)} H${String(toX)}" stroke="${colour}" stroke-width="2" fill="none"/>`,
    `<path d="M${String(toX)} ${String(y)} l${String(tip)} -5 v10 z" fill="${colour}"/>`,
    text(middle, y - 8, label, `text-anchor="middle" fill="${colour}" ${HALO}`),
    text(middle, y + 16, note, `text-anchor="middle" font-size="11" fill="#4a545c" ${HALO}`),
  ].join('\n');
}

/** Letters that stand on a line stay readable. */
const HALO = 'paint-order="stroke" stroke="#ffffff" stroke-width="4"';

/** Draws a deal and how it came out. */
export function pictureOf(deal: Deal, positions: readonly Position[]): string {
  const arrows = arrowsOf(deal, positions);
  const involved = deal.parties.filter(({ key }) => arrows.some(({ from, to }) => from === key || to === key));
  const xOf = new Map(involved.map(({ key }, index) => [key, MARGIN + COLUMN * (index + 0.5)]));
  const [width, height] = [2 * MARGIN + COLUMN * involved.length, TOP + ROW * (arrows.length + 1)];
  const body = [
    text(MARGIN, 30, deal.title, 'font-size="17" font-weight="bold"'),
    ...involved.map((party) =>
      columnOf(xOf.get(party.key) ?? 0, height - 20, { name: nameOf(party), company: party.name }),
    ),
    ...arrows.map((each, index) =>
      arrow(xOf.get(each.from) ?? 0, xOf.get(each.to) ?? 0, TOP + ROW * (index + 0.8), each),
    ),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}" font-family="sans-serif" font-size="14">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

/** A picture that is not there yet is the usual case. */
function unlessMissing(error: unknown): undefined {
  if ((error as { readonly code?: unknown }).code !== 'ENOENT') throw error;
}

/** Sees to it, before anything is started, that a picture can be written. @throws UsageError */
export async function ensurePicturePlace(path: string): Promise<void> {
  const folder = dirname(path);
  try {
    await makeFolder(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(
      `The picture of the deal cannot be written into ${folder} (${why}). Name another file with --picture.`,
      cause,
    );
  }
  if ((await stat(path).catch(unlessMissing))?.isDirectory() === true)
    throw new UsageError(
      `\`--picture\` takes a file, and ${path} is a folder. Name a file in it, such as ${join(path, 'deal.svg')}.`,
    );
}

/** Writes the picture. */
export const writePicture = (path: string, deal: Deal, positions: readonly Position[]): Promise<void> =>
  writeFile(path, pictureOf(deal, positions));
