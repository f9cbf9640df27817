/** Plays cases. */
import type { CommandName } from '../../../chaincode/src/protocol/commands/index.js';
import { reached, type Case } from './case.js';
import type { Stage } from './stage.js';
import { Stock } from './stock.js';

/** Plays a case from nothing. @throws TenorError */
export async function play<Name extends CommandName>(stage: Stage, each: Case<Name>): Promise<void> {
  const { input } = await reached(stage, each, new Stock(stage));
  await stage.act(...each.by, each.name, input);
}
