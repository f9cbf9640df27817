/** The suite as tests: one for each case, all cases of one network running at the same time behind them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkDriver } from '@tenor/network';
import { CASES } from '../cases/index.js';
import { expectedOn, readExpected } from './expected.js';
import type { Json } from './names.js';
import { openNet, type Net } from './net.js';
import { runCases } from './suite.js';

/** Declares the tests for an engine. */
export function describeConformance(driver: NetworkDriver): void {
  const cases = CASES.filter(({ slow }) => slow !== true);
  const recorded = readExpected();
  let net: Net;
  let outcomes: ReadonlyMap<string, Promise<Json>>;

  beforeAll(async () => {
    net = await openNet(driver);
    outcomes = runCases(net, cases);
  });

  afterAll(async () => {
    await Promise.all(outcomes.values());
    await net.close();
  });

  describe(`conformance of ${driver.engine}`, () => {
    it.each(cases.map(({ id, name }) => ({ id, name })))('$id: $name', async ({ id }) => {
      expect(await outcomes.get(id)).toEqual(expectedOn(driver.engine, id, recorded[id] ?? 'never recorded'));
    });
  });
}
