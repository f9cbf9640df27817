/**
 * A walk through a deal that passes every command once, in an order in which each is valid when its turn comes. Suites stop at
 * each step to try what must fail, and then take it. What the steps are, who takes them and what they write is in the cases.
 */
import { splitInput } from '../../client/src/input.js';
import { ALL } from '../commands/cases.js';
import { reached } from '../commands/support/case.js';
import { Stock, type Left } from '../commands/support/stock.js';
import { stageOf } from '../support/stage.js';
import type { World } from '../support/world.js';
import type { Step } from './dealStep.js';

/** Steps that repeat what the world's founding did already: nothing of them is submitted. */
export const REPEATS: readonly string[] = ['registry:adopt', 'registry:bootstrap'];

/** The walk. */
export function walk(world: () => World): readonly Step[] {
  let stock: Stock | undefined;
  /** What the step before leaves, which was taken by now. */
  let left: Left = {};
  return ALL.map((each) => ({
    ...each,
    ready: async () => {
      const stage = stageOf(world());
      stock ??= new Stock(stage);
      stock.keep(left);
      left = {};
      const { input, leaves = {} } = await reached(stage, each, stock);
      left = leaves;
      return splitInput(each.name, input);
    },
  }));
}
