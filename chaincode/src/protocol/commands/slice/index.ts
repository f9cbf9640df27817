/** Descriptions of the commands of `slice`, one file for each verb. */
export * from './split.js';
export * from './offer.js';
export * from './accept.js';
export * from './decline.js';
export * from './present.js';
export * from './allocate.js';
export * from './complete.js';
export * from './release.js';
export * from './realise.js';
export * from './presentUnderMandate.js';
export * from './reinstate.js';
