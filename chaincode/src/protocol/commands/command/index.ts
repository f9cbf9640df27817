export { open } from './open.js';
export { plan } from './plan.js';
