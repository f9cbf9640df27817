export { acknowledge } from './acknowledge.js';
export { discharge } from './discharge.js';
