/** Implementations of the commands of `payment`, one file for each verb. */
export { report } from './report.js';
export { attest } from './attest.js';
export { returned as return } from './return.js';
