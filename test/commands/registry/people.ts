/** Callers of the registry's commands. */
import { MSP } from '../support/facts.js';
import { as, callerOf, type Caller } from '../support/scene.js';
import type { Row } from '../support/table.js';

/** An administrator of the bank's organisation, registered for nothing. */
export const ADMINISTRATOR: Caller = { mspId: MSP.bank, name: 'admin', admin: true };

/** Everybody else of the organisation. */
export const NO_ADMINISTRATOR: readonly Row[] = [
  ['CALLER_NOT_ADMIN', 'the caller is no administrator', as({ admin: false })],
  ['CALLER_NOT_ADMIN', 'the caller is an operator with all duties', as(callerOf('bank', ['maker', 'checker']))],
];
