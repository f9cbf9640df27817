/** More parties than a deal needs: a second bank, a small supplier, and one that is suspended. */
import type { Change, Role } from '@tenor/client';
import type { People, World } from '../support/world.js';

/** LEI with valid check digits (ISO 7064 MOD 97-10) for 18 characters. */
function leiOf(base: string): string {
  const digits = `${base}00`.replace(/./g, (letter) => Number.parseInt(letter, 36).toString());
  return `${base}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}`;
}

/** Their ids. */
export const MORE = {
  /** Another bank, in the operator's organisation. */
  secondBank: leiOf('SECOND0BANK0000001'),
  /** A small or medium enterprise, in the supplier's organisation. */
  smallSupplier: leiOf('SMALL0SUPPLIER0002'),
  /** Suspended, in the supplier's organisation. */
  suspended: leiOf('SUSPENDED000000003'),
  /** Another issuer, in the issuer's organisation. */
  secondIssuer: leiOf('SECOND0ISSUER00005'),
  /** A bank in the issuer's organisation. */
  houseBank: leiOf('HOUSE0BANK00000006'),
  /** Known to nobody. */
  unknown: leiOf('UNKNOWN0PARTY00004'),
} as const;

/** The other bank, and who hosts it. */
export const SECOND_BANK = { host: 'operator', party: MORE.secondBank } as const;

const change = (
  id: string,
  host: People,
  roles: Role[],
  more: { sme?: boolean; suspended?: boolean } = {},
): Change => ({
  kind: 'party',
  party: {
    id,
    name: 'More',
    mspId: host.mspId,
    roles,
    sme: more.sme ?? false,
    status: more.suspended === true ? 'SUSPENDED' : 'ACTIVE',
  },
});

/** Registers them, and lets the people of their organisations act for them too. */
export async function addParties(world: World): Promise<void> {
  const [operator, supplier, issuer] = [world.people('operator'), world.people('supplier'), world.people('issuer')];
  await world.decide([
    change(MORE.secondBank, operator, ['bank']),
    change(MORE.secondIssuer, issuer, ['issuer']),
    change(MORE.houseBank, issuer, ['bank']),
    change(MORE.smallSupplier, supplier, ['supplier'], { sme: true }),
    change(MORE.suspended, supplier, ['supplier'], { suspended: true }),
  ]);
  // By organisation, not by party: where one hosts several of these, its people act for all of them.
  const guests = new Map<string, { host: People; parties: string[] }>();
  for (const { host, parties } of [
    { host: operator, parties: [MORE.secondBank] },
    { host: issuer, parties: [MORE.secondIssuer, MORE.houseBank] },
    { host: supplier, parties: [MORE.smallSupplier, MORE.suspended] },
  ]) {
    const known = guests.get(host.mspId) ?? { host, parties: [] };
    guests.set(host.mspId, { host, parties: [...known.parties, ...parties] });
  }
  for (const { host, parties } of guests.values()) await world.registerOperators(host, parties);
}
