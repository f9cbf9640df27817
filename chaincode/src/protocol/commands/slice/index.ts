/** Descriptions of the commands of `slice`, one file for each verb. */
export * from './split.js';
export * from './offer.js';
export * from './accept.js';
export * from './decline.js';
export * from './present.js';
export * from './presentUnderMandate.js';
