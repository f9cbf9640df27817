/** Implementations of the commands of `batch`, one file for each verb. */
export { approve } from './approve.js';
export { decline } from './decline.js';
export { agree } from './agree.js';
export { commit } from './commit.js';
export { abort } from './abort.js';
export { settle } from './settle.js';
