/** Implementations of the commands of `slice`, one file for each verb. */
export { split } from './split.js';
export { offer } from './offer.js';
export { accept } from './accept.js';
export { decline } from './decline.js';
export { present } from './present.js';
export { allocate } from './allocate.js';
export { complete } from './complete.js';
export { release } from './release.js';
export { realise } from './realise.js';
export { presentUnderMandate } from './presentUnderMandate.js';
export { reinstate } from './reinstate.js';
