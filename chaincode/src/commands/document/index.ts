export { claim } from './claim.js';
