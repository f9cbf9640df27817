/** The suite as tests: one for each case, all cases of one network running at the same time behind them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NetworkDriver } from '@tenor/network';
import { CASES } from '../cases/index.js';
import { expectedOn, readExpected } from './expected.js';
import type { Json } from './names.js';
import { NETS, openNet, type Net, type NetName } from './net.js';
import { runCases } from './suite.js';

/** Declares the tests for an engine. */
export function describeConformance(driver: NetworkDriver): void {
  describe(`conformance of ${driver.engine}`, () => {
    for (const name of NETS) describeNet(driver, name);
  });
}

/** The tests of one network. */
function describeNet(driver: NetworkDriver, on: NetName): void {
  const cases = CASES.filter((each) => each.slow !== true && (each.on ?? 'open') === on);
  const recorded = readExpected();

  describe(`the ${on} channel`, () => {
    let net: Net;
    let outcomes: ReadonlyMap<string, Promise<Json>>;

    beforeAll(async () => {
      net = await openNet(driver, on);
      outcomes = runCases(net, cases);
    });

    afterAll(async () => {
      await Promise.all(outcomes.values());
      await net.close();
    });

    it.each(cases.map(({ id, name }) => ({ id, name })))('$id: $name', async ({ id }) => {
      expect(await outcomes.get(id)).toEqual(expectedOn(driver.engine, id, recorded[id] ?? 'never recorded'));
    });
  });
}
