export { get } from './get.js';
export { list } from './list.js';
export { restore } from './restore.js';
