/** What is done for `presentment`, a file a verb. */
export { acknowledge } from './acknowledge.js';
export { discharge } from './discharge.js';
export { reopen } from './reopen.js';
export { withdraw } from './withdraw.js';
