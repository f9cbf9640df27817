/** Implementations of the commands of `document`, one file for each verb. */
export { claim } from './claim.js';
