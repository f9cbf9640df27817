/** The error of all message writers, with a complete table of codes and what to do about each. */

/** What is wrong with what a message is to say, and what to do about it. Codes are append-only. */
export const MESSAGE_ERRORS = {
  MESSAGE_FIELD_MISSING: 'The message must say this. Give the value.',
  MESSAGE_FIELD_INVALID:
    'The value is not allowed there, and is never shortened or changed to fit. Give one that is allowed.',
  MESSAGE_FIELD_UNKNOWN: 'The message has no place for this field. Correct its name, or leave it out.',
  MESSAGE_TOO_LARGE: 'The message would be larger than 1 MB, which no reader takes. Write several messages.',
} as const;

/** Code of a message that cannot be written. */
export type MessageErrorCode = keyof typeof MESSAGE_ERRORS;

/** The place of the error. It never holds a value, because errors are logged and amounts and names must not be. */
export interface MessageErrorData {
  /** Place in the message, for example `/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/Cdtr/Nm`. */
  readonly path?: string;
  /** What may stand there. */
  readonly expected?: string;
}

/** A message that cannot be written. `message` names the place and the remedy. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
  readonly code: MessageErrorCode;
  readonly data: MessageErrorData;

  constructor(code: MessageErrorCode, data: MessageErrorData = {}) {
    const place = data.path === undefined ? '' : ` at ${data.path}`;
    const expected = data.expected === undefined ? '' : ` Expected: ${data.expected}.`;
    super(`${code}${place}: ${MESSAGE_ERRORS[code]}${expected}`);
    this.code = code;
    this.data = data;
  }
}
