/** Descriptions of the commands of `certificate`, one file for each verb. */
export * from './draft.js';
export * from './submit.js';
export * from './confirm.js';
export * from './reject.js';
export * from './offer.js';
export * from './accept.js';
export * from './decline.js';
export * from './unwind.js';
export * from './redeem.js';
export * from './reinstate.js';
