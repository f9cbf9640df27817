/** The stage of the demo: the scene of a deal. */
import { Scene, type Opener, type Printer } from '../../scene/scene.js';
import type { Deal, DealParty } from '../readDeal.js';
import { isNamed } from './cast.js';

const FOUNDING: readonly string[] = ['issuer', 'operator'];

/** Who only takes slices from others, or comes in after the deal, joins later. */
const isFounder = (deal: Deal, { key, roles }: DealParty): boolean =>
  roles.some((role) => FOUNDING.includes(role)) ||
  isNamed(deal, key) ||
  deal.certificates.some(({ payee }) => payee === key);

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
