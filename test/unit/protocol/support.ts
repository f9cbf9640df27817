/** Helper with which unit tests read the code of a refusal. */
import { TenorError, type ErrorData } from '../../../chaincode/src/protocol/errors.js';

/** The code with which `act` refuses, or what it answered; with its data (as a pair) when `withData` is given. */
export function codeOf(act: () => unknown, withData?: true): unknown {
  try {
    return { answered: act() };
  } catch (error) {
    if (!(error instanceof TenorError)) throw error;
    const { code, data }: { readonly code: string; readonly data: ErrorData } = error;
    return withData === undefined ? code : [code, data];
  }
}
