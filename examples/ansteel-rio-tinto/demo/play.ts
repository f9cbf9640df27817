/** Plays a whole deal: registry, certificates, transfers, settlement, and on the way what must be refused. */
import { foundRegistry, moveBusinessDate } from '../../scene/founding.js';
import type { Afterwards } from './afterwards.js';
import { attemptForbiddenMoves } from './attempts.js';
import { castOf, tradeOf } from './cast.js';
import { attemptForbiddenIssues, issueAll, transferAll } from './issuance.js';
import { readPositions } from './positions.js';
import type { Kept, Outcome } from './print.js';
import { openLines } from './lines.js';
import { checkConservation, readOperatorView } from './report.js';
import { settleAll } from './settlement.js';
import type { Stage } from './stage.js';

/** What is played beside the deal itself. */
export interface Beside {
  /** Goes on after the deal. */
  readonly after?: (() => Promise<Afterwards>) | undefined;
  /** Leaves something to do in the end. */
  readonly leave?: (() => Promise<Kept>) | undefined;
}

/** Plays the deal of a stage whose network is up and has the chaincode. */
export async function play(stage: Stage, { after, leave }: Beside = {}): Promise<Outcome> {
  const { deal, network } = stage;
  stage.note('\n1. The registry and the lines');
  await foundRegistry(stage);
  const lines = await openLines(stage);
  stage.note('\n2. and 3. Documents and certificates');
  const holdings = await issueAll(stage, lines);
  await attemptForbiddenIssues(stage, lines);
  stage.note('\n4. Slices for others');
  await transferAll(stage, holdings, (planned) => attemptForbiddenMoves(stage, holdings, planned));
  stage.note('\n5. Maturity: presentment, proof, discharge');
  await moveBusinessDate(stage, deal.maturityDate);
  await settleAll(stage, holdings);
  const conservation = await checkConservation(stage, holdings);
  const afterwards = await after?.();
  const kept = await leave?.();
  return {
    ...{ engine: network.engine, cast: castOf(deal), trade: tradeOf(deal) },
    ...{ steps: stage.steps, refusals: stage.refusals, conservation },
    ok: stage.allRefused && conservation.every(({ holds }) => holds) && afterwards?.isAsItMustBe !== false,
    positions: await readPositions(stage, holdings),
    operator: await readOperatorView(stage),
    ...(afterwards === undefined ? {} : { afterwards }),
    ...(kept === undefined ? {} : { kept }),
  };
}
