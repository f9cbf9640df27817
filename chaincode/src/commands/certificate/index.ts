/** Implementations of the commands of `certificate`, one file for each verb. */
export { draft } from './draft.js';
export { submit } from './submit.js';
export { confirm } from './confirm.js';
export { reject } from './reject.js';
export { offer } from './offer.js';
export { accept } from './accept.js';
export { decline } from './decline.js';
export { unwind } from './unwind.js';
export { redeem } from './redeem.js';
export { reinstate } from './reinstate.js';
