export { restore } from './restore.js';
