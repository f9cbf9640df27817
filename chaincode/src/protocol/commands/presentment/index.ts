/** What is said of `presentment`, a file a verb. */
export * from './acknowledge.js';
export * from './discharge.js';
export * from './reopen.js';
export * from './withdraw.js';
