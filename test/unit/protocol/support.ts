/** How a refusal is asked for in unit tests. */
import { TenorError, type ErrorData } from '../../../chaincode/src/protocol/errors.js';

/** The code with which `act` refuses, or what it answered; with its data when `withData` is given. */
export function codeOf(act: () => unknown): unknown;
export function codeOf(act: () => unknown, withData: true): readonly [code: string, data: ErrorData] | unknown;
export function codeOf(act: () => unknown, withData?: true): unknown {
  try {
    return { answered: act() };
  } catch (error) {
    if (!(error instanceof TenorError)) throw error;
    return withData === undefined ? error.code : [error.code, error.data];
  }
}
