export * from './open.js';
export * from './plan.js';
