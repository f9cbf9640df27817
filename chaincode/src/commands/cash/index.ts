/** Implementations of the commands of `cash`, one file for each verb. */
export { instruct } from './instruct.js';
export { block } from './block.js';
export { unblock } from './unblock.js';
export { acknowledge } from './acknowledge.js';
export { deny } from './deny.js';
export { reopen } from './reopen.js';
