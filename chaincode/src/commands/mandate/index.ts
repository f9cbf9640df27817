/** Implementations of the commands of `mandate`, one file for each verb. */
export { give } from './give.js';
export { revoke } from './revoke.js';
