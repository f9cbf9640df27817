/** The codes with which the changes of a proposal are refused, both when it is made and when it is approved. */
export const CHANGE_REFUSALS = [
  'REGISTRY_NOT_FOUNDED',
  'FOUNDING_MISSING',
  'MSP_UNKNOWN',
  'PARTY_TAKEN',
  'PARTY_UNKNOWN',
  'PROPOSAL_STALE',
  'REGISTRY_FULL',
  'BUSINESS_DATE_BACKWARDS',
  'FOUNDERS_INVALID',
] as const;
