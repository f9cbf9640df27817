export * from './report.js';
export * from './attest.js';
