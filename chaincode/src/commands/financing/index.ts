/** Implementations of the commands of `financing`, one file for each verb. */
export { request } from './request.js';
export { quote } from './quote.js';
export { accept } from './accept.js';
export { register } from './register.js';
export { limit } from './limit.js';
export { release } from './release.js';
export { reserve } from './reserve.js';
export { settle } from './settle.js';
