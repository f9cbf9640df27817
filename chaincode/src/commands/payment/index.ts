export { report } from './report.js';
export { attest } from './attest.js';
