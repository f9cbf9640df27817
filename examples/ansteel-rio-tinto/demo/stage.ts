/** The stage of the demo: the scene of a deal. */
import { Scene, type Opener, type Printer } from '../../scene/scene.js';
import type { Deal, DealParty } from '../readDeal.js';

const FOUNDING: readonly string[] = ['issuer', 'bank', 'operator'];

/** Who only takes slices from others, or watches, joins later. */
const isFounder = ({ certificates }: Deal, { key, roles }: DealParty): boolean =>
  roles.some((role) => FOUNDING.includes(role)) || certificates.some(({ payee }) => payee === key);

/** The demo's network, people and record of what happened. */
export class Stage extends Scene {
  readonly deal: Deal;
  /** Ids of the claims that were made. */
  readonly claimed = new Set<string>();

  constructor(network: Scene['network'], open: Opener, deal: Deal, printer: Printer) {
    const { parties, policy, calendar, businessDate } = deal;
    const founders = parties.filter((party) => isFounder(deal, party));
    super(network, open, { parties, founders, policy, calendar, businessDate }, printer);
    this.deal = deal;
  }

  /** The account of a party that its bank names so, as the deal writes it. */
  accountOf(key: string, account: string): DealParty['accounts'][number] {
    const owned = this.deal.parties.find((party) => party.key === key)?.accounts.find(({ id }) => id === account);
    if (owned === undefined) throw new Error(`${key} has no account ${account}`);
    return owned;
  }
}
