/** What is said of `slice`, a file a verb. */
export * from './split.js';
export * from './offer.js';
export * from './accept.js';
export * from './decline.js';
export * from './present.js';
