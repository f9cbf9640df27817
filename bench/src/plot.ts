/** One plot: p95 against the rate, a line a series of the open loop. */
import type { OpenResult } from './openLoop.js';
import { rounded } from './statistics.js';

const SIZE = { width: 760, height: 420, left: 70, right: 170, top: 30, bottom: 50 };
const COLORS = ['#1f77b4', '#d62728', '#2ca02c', '#9467bd', '#ff7f0e', '#17becf', '#8c564b', '#e377c2'];
/** Ticks are at most so many, at round numbers. */
const TICKS = 6;

const label = (x: number, y: number, text: string, anchor: string, color = '#333'): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${color}">${text}</text>`;

/** Round numbers from 0 up to the first that holds the largest value. */
export function ticksTo(largest: number): number[] {
  const least = largest / (TICKS - 1);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5].find((each) => each * power >= least) ?? 10);
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => rounded(index * step));
}

const dot = (at: string, radius: number, color: string): string => {
  const [cx = '', cy = ''] = at.split(',');
  return `<circle cx="${cx}" cy="${cy}" r="${String(radius)}" fill="${color}"/>`;
};

/** An SVG document; without series it holds the axes alone. */
export function plot(results: readonly OpenResult[]): string {
  const steps = results.flatMap((result) => result.steps);
  const rates = ticksTo(Math.max(1, ...steps.map(({ rate }) => rate)));
  const times = ticksTo(Math.max(1, ...steps.map(({ latencyMs }) => latencyMs.p95)));
  const [maxRate = 1, maxMs = 1] = [rates.at(-1), times.at(-1)];
  const [width, height] = [SIZE.width - SIZE.left - SIZE.right, SIZE.height - SIZE.top - SIZE.bottom];
  const [base, end] = [SIZE.top + height, SIZE.left + width];
  const x = (rate: number): number => SIZE.left + (rate / maxRate) * width;
  const y = (ms: number): number => base - (ms / maxMs) * height;
  const lines = results.map((result, index) => {
    const color = COLORS[index % COLORS.length] ?? '#000';
    const points = result.steps.map(({ rate, latencyMs }) => `${x(rate).toFixed(1)},${y(latencyMs.p95).toFixed(1)}`);
    const knee = result.knee === undefined ? 'none' : result.knee.toFixed(0);
    return [
      `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...points.map((at, step) => dot(at, result.steps[step]?.rate === result.knee ? 6 : 3, color)),
      label(end + 10, SIZE.top + 20 + index * 20, `${result.name} (knee ${knee}/s)`, 'start', color),
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(SIZE.width)} ${String(SIZE.height)}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<path d="M${String(SIZE.left)} ${String(SIZE.top)}V${String(base)}H${String(end)}" fill="none" stroke="#333"/>`,
    ...rates.map((rate) => label(x(rate), base + 18, String(rate), 'middle')),
    ...times.map((ms) => label(SIZE.left - 8, y(ms) + 4, String(ms), 'end')),
    label(SIZE.left + width / 2, base + 40, 'transactions a second, as sent', 'middle'),
    label(SIZE.left, SIZE.top - 10, 'p95 from the time it was due, ms; the large dot is the knee', 'start'),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}
