/** What is done for `payment`, a file a verb. */
export { report } from './report.js';
export { attest } from './attest.js';
