/** Implementations of the commands of `presentment`, one file for each verb. */
export { acknowledge } from './acknowledge.js';
export { discharge } from './discharge.js';
export { reopen } from './reopen.js';
export { withdraw } from './withdraw.js';
