import { z } from 'zod';
import { LIMITS } from '../limits.js';
import { zAmount, zCount, zCurrency, zDate, zHash, zId, zMsp, zParty, zReference } from '../schemas.js';
import { salt, schema } from './building.js';

/** The lock of an offered slice: what it waits for. */
const zTransferLock = z.strictObject({
  kind: z.literal('TRANSFER'),
  id: zReference,
  counterparty: zParty,
  counterpartyMsp: zMsp,
  expiresOn: zDate,
});
/** The lock of a presented slice: what it waits for. */
const zPresentmentLock = z.strictObject({ kind: z.literal('PRESENTMENT'), id: zId, counterpartyMsp: zMsp });

/** What a slice is pledged for. */
const pledge = {
  /** Id of the leg that pledged it. */
  id: zId,
  /** The pledgee. */
  counterparty: zParty,
  counterpartyMsp: zMsp,
  /** Last business date on which what was lent can be repaid. After it the pledgee may take the slice. */
  expiresOn: zDate,
};
/** The lock of a pledged slice. */
const zPledgeLock = z.strictObject({ kind: z.literal('PLEDGE'), ...pledge });
/** The lock of a slice that is allocated to a batch: its leg says the rest. */
const zSettlementLock = z.strictObject({
  kind: z.literal('SETTLEMENT'),
  /** Id of the leg. */
  id: zId,
  counterpartyMsp: zMsp,
  /** Organisation that proves what the sender takes in return. Absent where none is apart from bank and receiver; then the sender has to sign. */
  proverMsp: zMsp.optional(),
  /** The pledge that the batch ends. */
  pledge: z.strictObject(pledge).optional(),
});

/** A part of a certificate that belongs to one holder. */
export const zSlice = z.strictObject({
  schema: schema('tenor.slice/1'),
  id: zId,
  /** The certificate. Its terms say who promised what. */
  certificateId: zId,
  /** SHA-256 of the terms as the payee accepted them. Bank and issuer could change the terms together; under others the slice is void. */
  termsHash: zHash,
  /** The slice that was split, or the first of those that were merged. */
  parentId: zId.nullable(),
  currency: zCurrency,
  amount: zAmount,
  holder: zParty,
  holderMsp: zMsp,
  /** Transfers from the first holder. */
  tier: zCount,
  /** SPENT and PAID are final. */
  state: z.enum(['FREE', 'OFFERED', 'PLEDGED', 'ALLOCATED', 'PRESENTED', 'ACKNOWLEDGED', 'SPENT', 'PAID']),
  lock: z.discriminatedUnion('kind', [zTransferLock, zPledgeLock, zSettlementLock, zPresentmentLock]).nullable(),
  /** Who sold the slice with recourse, the first seller first. A sale without recourse ends it. */
  liable: z
    .array(z.strictObject({ party: zParty, mspId: zMsp }))
    .min(1)
    .max(LIMITS.liable)
    .optional(),
  /** What a SPENT slice became: its parts, or the one slice into which it was merged. */
  children: z.array(zId).max(LIMITS.splitParts),
  ...salt,
});
