/** What is done for `ticket`, a file a verb. */
export { prepare } from './prepare.js';
