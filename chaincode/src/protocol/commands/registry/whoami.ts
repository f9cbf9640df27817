import { none, query } from '../definition.js';

/** Answers who the caller is to the chaincode: the identity to register as an operator. */
export const whoami = query({
  summary: 'the identity to register as an operator',
  request: none,
  refuses: ['CALLER_UNREADABLE'],
});
