/** Descriptions of the commands of `cash`, one file for each verb. */
export * from './instruct.js';
export * from './block.js';
export * from './unblock.js';
export * from './acknowledge.js';
export * from './deny.js';
export * from './reopen.js';
