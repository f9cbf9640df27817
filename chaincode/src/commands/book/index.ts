/** What is done for `book`, a file a verb. */
export { restore } from './restore.js';
