/** `financing:reserve` */
import { reserved } from '../../domain/fundingLimits.js';
import { commands } from '../../protocol/commands/index.js';
import { openFinanced, openLimits } from '../funding.js';
import { implement } from '../implement.js';
import { assertSettled, openSettlement } from '../settlement.js';

export const reserve = implement(commands.financing.reserve, {
  load: async (tx, { request }) => {
    const settlement = await openSettlement(tx, request.requestId);
    const { opened } = settlement;
    const [first] = opened.record.slices;
    const limited = await openLimits(tx, opened, first?.sliceId);
    return { ...settlement, funding: limited ?? { limits: [], financed: await openFinanced(tx, opened) } };
  },
  actor: ({ quote: { funder, record } }) => ({ party: funder, mspId: record.funderMsp }),
  decide: (_call, { today, funding, ids, ...settlement }) => {
    assertSettled(settlement, today);
    const { legIds } = ids;
    const { quote } = settlement;
    return reserved(funding, quote, { legIds: [...legIds], expiresOn: quote.record.validUntil });
  },
});
