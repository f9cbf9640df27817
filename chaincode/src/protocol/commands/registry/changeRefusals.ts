/** The codes with which the changes of a proposal are refused, both when it is made and when it is approved. */
export const CHANGE_REFUSALS = [
  'REGISTRY_NOT_FOUNDED',
  'FOUNDING_MISSING',
  'MSP_UNKNOWN',
  'PARTY_TAKEN',
  'PARTY_ID_TAKEN',
  'PARTY_UNKNOWN',
  'PROPOSAL_STALE',
  'REGISTRY_FULL',
  'CALENDAR_UNKNOWN',
  'CALENDAR_ENDS',
  'BUSINESS_DATE_MISSING',
  'BUSINESS_DATE_BACKWARDS',
  'NOT_A_BUSINESS_DAY',
  'BUSINESS_DATE_STEP',
  'BUSINESS_DATE_AHEAD',
  'FOUNDERS_INVALID',
] as const;
