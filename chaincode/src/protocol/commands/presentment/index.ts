export * from './acknowledge.js';
export * from './discharge.js';
