export * from './get.js';
export * from './list.js';
export * from './restore.js';
