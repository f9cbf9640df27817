/** What is done for `line`, a file a verb. */
export { open } from './open.js';
