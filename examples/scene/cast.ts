/** Who takes part in the example programs: the parties, the rules and the calendar of the Ansteel to Rio Tinto deal, and two banks more. */
import type { Role } from '@tenor/client';
import { OWN_DEAL } from '../ansteel-rio-tinto/demo/options.js';
import { readDeal } from '../ansteel-rio-tinto/readDeal.js';
import type { Cast, Party } from './scene.js';

/** A party of a scene. The LEIs that begin with DEMO are made up. */
export const party = (key: string, organization: string, name: string, lei: string, ...roles: Role[]): Party => ({
  ...{ key, organization, name, lei, roles, sme: false },
});

/** A bank that buys promises before they are due, and deals in currencies. */
export const HARBOUR = party('harbour', 'second-bank', 'Harbour Bank', 'DEMO00HARBOURBANK044', 'bank');
/** A bank that keeps accounts of suppliers. */
export const SOUTHERN = party('southern', 'third-bank', 'Southern Bank', 'DEMO00SOUTHERNBANK58', 'bank');

/** These parties of the deal and others, under the deal's rules. All of them found the registry together. */
export async function castWith(keys: readonly string[], ...others: readonly Party[]): Promise<Cast> {
  const { parties, policy, calendar, businessDate } = await readDeal(OWN_DEAL);
  const taking = [...parties.filter(({ key }) => keys.includes(key)), ...others];
  return { parties: taking, founders: taking, policy, calendar, businessDate };
}
