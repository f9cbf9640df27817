/** A bank opens a line to an issuer. */
import { caseOf } from '../support/stage.js';
import { lineInput } from '../support/steps.js';

export const open = caseOf('line:open', ['bank', 'checker'], (stage) => Promise.resolve(lineInput(stage, '5000')));
