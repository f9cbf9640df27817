import { none, query } from '../definition.js';

/** Answers the identity by which the chaincode knows the caller. This identity is registered as an operator. */
export const whoami = query({
  summary: 'answers the identity to register as an operator',
  request: none,
  refuses: ['CALLER_UNREADABLE'],
});
