/** Turns what the gateway throws into {@link TenorError}: the chaincode's own refusal where there is one, else what became of the transaction. */
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { decodeError, TenorError } from '../../chaincode/src/protocol/errors.js';

export { CLASS_OF, ERROR_CLASSES, type ErrorClass } from '../../chaincode/src/protocol/errorClasses.js';
export { ERRORS, TenorError, type ErrorCode, type ErrorData } from '../../chaincode/src/protocol/errors.js';

const ORDERER_REFUSAL: number = status.ABORTED;
const TIMED_OUT: number = status.DEADLINE_EXCEEDED;
const UNREACHED: readonly number[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED];

/** How a gateway's peer tells, peer by peer, that it reached none: the text of a gRPC error in Go. */
const UNREACHED_PEER = /rpc error: code = (Unavailable|DeadlineExceeded|Canceled) /;

/** Whether somebody did not answer, as against having refused: the peers' own words count before the status of the whole. */
function isUnreached({ code, details }: GatewayError): boolean {
  if (code === TIMED_OUT || details.length === 0) return UNREACHED.includes(code);
  return details.some(({ message }) => UNREACHED_PEER.test(message));
}

/** Every text in which a peer may have put a refusal. */
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

/** Whether the orderer itself said no, so that the transaction certainly was not ordered. */
export const isRefusedByOrderer = (error: unknown): boolean =>
  error instanceof GatewayError &&
  error.code === ORDERER_REFUSAL &&
  error.message.includes('unsuccessful response from orderer');
