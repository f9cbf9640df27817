/** Descriptions of the commands of `financing`, one file for each verb. */
export * from './request.js';
export * from './quote.js';
export * from './accept.js';
export * from './register.js';
export * from './limit.js';
export * from './release.js';
export * from './reserve.js';
export * from './settle.js';
