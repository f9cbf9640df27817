/** Whether the parties of a deal can be played: an organisation of the network for each, one bank, one operator. */
import { TOPOLOGIES } from '@tenor/network';
import type { Deal } from './deal.js';
import { must } from './dealError.js';

/** Short names of the organisations of the network that the deal is played on. */
const ORGANIZATIONS: readonly string[] = TOPOLOGIES['five-org'].organizations.map(({ name }) => name);

/** What the demonstration needs of its parties: organisations that it runs, and a platform's operator that is no party to money. @throws DealError */
export function assertOrganizations({ parties }: Deal): void {
  parties.forEach(({ organization, roles }, index) => {
    const place = `$.parties[${String(index)}].organization`;
    must(
      ORGANIZATIONS.includes(organization),
      place,
      `Name an organisation of the network: ${ORGANIZATIONS.join(', ')}.`,
    );
    const first = parties.findIndex((party) => party.organization === organization);
    must(first === index, place, `Name an organisation of its own: ${parties[first]?.key ?? ''} has this one.`);
    must(
      !roles.includes('operator') || roles.length === 1,
      `$.parties[${String(index)}].roles`,
      'Let the operator have no other role.',
    );
  });
  for (const role of ['bank', 'operator'] as const) {
    const holders = parties.filter(({ roles }) => roles.includes(role)).length;
    must(holders === 1, '$.parties', `Give exactly one party the role ${role}.`);
  }
}
