/** Whether the parties of a deal can be played: an organisation of the network for each, banks and a platform's operator that are nothing else. */
import { LIMITS } from '@tenor/client';
import type { Deal } from './deal.js';
import { must } from './dealError.js';

/** Roles whose holders are no party to money otherwise, or are to judge it. */
const ALONE = ['bank', 'operator'] as const;

/** What the demonstration needs of its parties. @throws DealError */
export function assertOrganizations({ parties }: Deal): void {
  parties.forEach(({ organization, roles }, index) => {
    const place = `$.parties[${String(index)}]`;
    const first = parties.findIndex((party) => party.organization === organization);
    must(
      first === index,
      `${place}.organization`,
      `Name an organisation of its own: ${parties[first]?.key ?? ''} has this one.`,
    );
    for (const role of ALONE)
      must(
        !roles.includes(role) || roles.length === 1,
        `${place}.roles`,
        `Let a party with the role ${role} have no other.`,
      );
  });
  const count = (role: (typeof ALONE)[number]): number => parties.filter(({ roles }) => roles.includes(role)).length;
  must(count('operator') === 1, '$.parties', 'Give exactly one party the role operator.');
  must(count('bank') >= 1, '$.parties', 'Give a party the role bank.');
  must(count('bank') <= LIMITS.banks, '$.parties', `Let at most ${String(LIMITS.banks)} parties be banks.`);
}
