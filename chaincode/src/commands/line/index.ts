/** Implementations of the commands of `line`, one file for each verb. */
export { open } from './open.js';
