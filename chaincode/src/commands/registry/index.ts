/** What is done for `registry`, a file a verb. */
export { adopt } from './adopt.js';
export { bootstrap } from './bootstrap.js';
export { propose } from './propose.js';
export { approve } from './approve.js';
export { preserve } from './preserve.js';
