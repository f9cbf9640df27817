/** An issuer claims an invoice through its bank. */
import { caseOf } from '../support/stage.js';
import { claimInput } from '../support/steps.js';

export const claim = caseOf('document:claim', ['issuer', 'maker'], (stage) =>
  Promise.resolve(claimInput(stage.reference(), '1000')),
);
