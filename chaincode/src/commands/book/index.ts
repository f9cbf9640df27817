/** Implementations of the commands of `book`, one file for each verb. */
export { restore } from './restore.js';
