/** Implementations of the commands of `document`, one file for each verb. */
export { claim } from './claim.js';
export { confirm } from './confirm.js';
export { reject } from './reject.js';
export { credit } from './credit.js';
export { release } from './release.js';
