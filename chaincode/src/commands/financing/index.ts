/** Implementations of the commands of `financing`, one file for each verb. */
export { request } from './request.js';
