/**
 * Turns errors of the gateway into {@link TenorError}: the chaincode's own refusal if there is one, otherwise a code that says what
 * happened to the transaction.
 */
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { decodeError, TenorError } from '../../chaincode/src/protocol/errors.js';

export { CLASS_OF, ERROR_CLASSES, type ErrorClass } from '../../chaincode/src/protocol/errorClasses.js';
export { ERRORS, TenorError, type ErrorCode, type ErrorData } from '../../chaincode/src/protocol/errors.js';

const ORDERER_REFUSAL: number = status.ABORTED;
const TIMED_OUT: number = status.DEADLINE_EXCEEDED;
const UNREACHED: readonly number[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED];

/** The text of a gRPC error in Go, with which a gateway's peer says for each peer that it did not reach it. */
const UNREACHED_PEER = /rpc error: code = (Unavailable|DeadlineExceeded|Canceled) /;

/** Whether somebody did not answer, in contrast to a refusal. The texts of the single peers count before the status of the whole call. */
function isUnreached({ code, details }: GatewayError): boolean {
  if (code === TIMED_OUT || details.length === 0) return UNREACHED.includes(code);
  return details.some(({ message }) => UNREACHED_PEER.test(message));
}

/** Whether a peer was not there, in contrast to one that took too long. */
export const isAway = (error: unknown): boolean =>
  error instanceof GatewayError && error.code !== TIMED_OUT && refusalOf(error).code === 'UNAVAILABLE';

/** All texts that may hold the refusal of a peer. */
function textsOf(error: GatewayError): string[] {
  return [error.message, ...error.details.map(({ message }) => message)];
}

/** Whether endorsers disagreed: one of them is a block behind, or does not run the same chaincode. */
export function isMismatch(error: unknown): boolean {
  return (
    error instanceof GatewayError &&
    textsOf(error).some((text) => text.includes('ProposalResponsePayloads do not match'))
  );
}

/** The error to throw for a failed evaluate or endorse: nothing was ordered. */
export function refusalOf(cause: unknown, transactionId?: string): TenorError {
  if (cause instanceof TenorError) return cause;
  const at = transactionId === undefined ? { cause } : { cause, transactionId };
  if (!(cause instanceof GatewayError)) return new TenorError('REFUSED_BY_NETWORK', {}, at);
  for (const text of textsOf(cause)) {
    const refusal = decodeError(text, at);
    if (refusal !== undefined) return refusal;
  }
  return new TenorError(isUnreached(cause) ? 'UNAVAILABLE' : 'REFUSED_BY_NETWORK', {}, at);
}

/** Whether the orderer itself refused, so that the transaction was certainly not ordered. */
export const isRefusedByOrderer = (error: unknown): boolean =>
  error instanceof GatewayError &&
  error.code === ORDERER_REFUSAL &&
  error.message.includes('unsuccessful response from orderer');
