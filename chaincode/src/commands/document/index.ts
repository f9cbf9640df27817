/** What is done for `document`, a file a verb. */
export { claim } from './claim.js';
