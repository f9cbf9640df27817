/** Implementations of the commands of `registry`, one file for each verb. */
export { adopt } from './adopt.js';
export { bootstrap } from './bootstrap.js';
export { propose } from './propose.js';
export { approve } from './approve.js';
export { preserve } from './preserve.js';
