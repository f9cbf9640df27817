/** Implementations of the commands of `ticket`, one file for each verb. */
export { prepare } from './prepare.js';
