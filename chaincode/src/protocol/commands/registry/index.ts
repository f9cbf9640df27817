/** Descriptions of the commands of `registry`, one file for each verb. */
export * from './adopt.js';
export * from './bootstrap.js';
export * from './propose.js';
export * from './approve.js';
export * from './preserve.js';
export * from './whoami.js';
export * from './get.js';
