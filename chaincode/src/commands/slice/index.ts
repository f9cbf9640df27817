/** What is done for `slice`, a file a verb. */
export { split } from './split.js';
export { offer } from './offer.js';
export { accept } from './accept.js';
export { decline } from './decline.js';
export { present } from './present.js';
