/** What the gateway throws, as the one class that callers see. */
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { describe, expect, it } from '@jest/globals';
import { isMismatch, isRefusedByOrderer, refusalOf } from '../../../client/src/errors.js';
import { encodeError, TenorError } from '../../../chaincode/src/protocol/errors.js';

const REFUSAL = encodeError(new TenorError('LINE_EXCEEDED', { lineId: 'L'.repeat(22) }));

function gatewayError(code: status, message: string, details: string[] = []): GatewayError {
  const cause: ServiceError = Object.assign(new Error(message), { code, details: message, metadata: new Metadata() });
  const given = details.map((each, index) => ({
    address: `peer${String(index)}:7051`,
    mspId: `Org${String(index)}MSP`,
    message: each,
  }));
  return new GatewayError({ code, details: given, cause, message });
}

describe('refusalOf', () => {
  it.each([
    [
      'in the message',
      gatewayError(
        status.UNKNOWN,
        `2 UNKNOWN: evaluate call to endorser returned error: chaincode response 500, ${REFUSAL}`,
      ),
    ],
    [
      'in the details',
      gatewayError(status.ABORTED, '10 ABORTED: failed to endorse', [`chaincode response 500, ${REFUSAL}`]),
    ],
    [
      'in the second of the details',
      gatewayError(status.ABORTED, '10 ABORTED: failed', ['no route to host', `chaincode response 500, ${REFUSAL}`]),
    ],
    [
      'although a peer was not reached',
      gatewayError(status.UNAVAILABLE, '14 UNAVAILABLE', [`chaincode response 500, ${REFUSAL}`]),
    ],
  ])('finds the refusal of the chaincode %s', (_where, cause) => {
    const refusal = refusalOf(cause, 'ab');
    expect([refusal.code, refusal.data, refusal.transactionId, refusal.cause]).toEqual([
      'LINE_EXCEEDED',
      { lineId: 'L'.repeat(22) },
      'ab',
      cause,
    ]);
  });

  it.each([
    [status.UNAVAILABLE, 'UNAVAILABLE'],
    [status.DEADLINE_EXCEEDED, 'UNAVAILABLE'],
    [status.CANCELLED, 'UNAVAILABLE'],
    [status.ABORTED, 'REFUSED_BY_NETWORK'],
    [status.PERMISSION_DENIED, 'REFUSED_BY_NETWORK'],
    [status.UNKNOWN, 'REFUSED_BY_NETWORK'],
    [status.FAILED_PRECONDITION, 'REFUSED_BY_NETWORK'],
    [status.RESOURCE_EXHAUSTED, 'REFUSED_BY_NETWORK'],
  ])('without one, status %i is %s', (code, expected) => {
    const cause = gatewayError(code, 'no refusal in here');
    const refusal = refusalOf(cause);
    expect([refusal.code, refusal.data, refusal.transactionId, refusal.cause]).toEqual([
      expected,
      {},
      undefined,
      cause,
    ]);
  });

  const DOWN =
    'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: connection refused"';
  const DENIED = 'error validating proposal: access denied: channel [tenor] creator org [BankMSP]';
  it.each([
    ['the peers of a plan were not reached', status.ABORTED, [DOWN], 'UNAVAILABLE'],
    [
      'one of the peers of a plan was not reached',
      status.ABORTED,
      ['chaincode stream terminated', DOWN],
      'UNAVAILABLE',
    ],
    ['the peers of a plan refused', status.ABORTED, ['chaincode stream terminated'], 'REFUSED_BY_NETWORK'],
    ['the last peer of an evaluate refused', status.UNAVAILABLE, [DENIED], 'REFUSED_BY_NETWORK'],
    ['peers took too long, one of them to refuse', status.DEADLINE_EXCEEDED, [DENIED], 'UNAVAILABLE'],
  ])("believes the peers' own words: %s", (_what, code, details, expected) => {
    expect(refusalOf(gatewayError(code, 'see attached details', details)).code).toBe(expected);
  });

  it('passes a refusal of the client on as it is, and wraps what it does not know', () => {
    const own = new TenorError('CONFIGURATION', { problem: 'x' });
    expect(refusalOf(own)).toBe(own);
    const bug = new Error('boom');
    expect([refusalOf(bug).code, refusalOf(bug).cause]).toEqual(['REFUSED_BY_NETWORK', bug]);
    expect(refusalOf('text').code).toBe('REFUSED_BY_NETWORK');
  });

  it('does not take a cut or foreign text for a refusal', () => {
    expect(refusalOf(gatewayError(status.UNKNOWN, REFUSAL.slice(0, -1))).code).toBe('REFUSED_BY_NETWORK');
    expect(refusalOf(gatewayError(status.UNKNOWN, 'TENOR/1 {"code":"NEWER","data":{}}')).code).toBe(
      'REFUSED_BY_NETWORK',
    );
  });
});

const DIFFER = 'ProposalResponsePayloads do not match (base64): a vs b';

it.each([
  [gatewayError(status.ABORTED, `10 ABORTED: failed to assemble transaction: ${DIFFER}`), true],
  [gatewayError(status.ABORTED, '10 ABORTED: failed to collect', [DIFFER]), true],
  [gatewayError(status.ABORTED, '10 ABORTED: failed'), false],
  [new Error(DIFFER), false],
  [undefined, false],
])('knows when endorsers disagreed: %#', (error, disagreed) => {
  expect(isMismatch(error)).toBe(disagreed);
});

it.each([
  [gatewayError(status.ABORTED, '10 ABORTED: received unsuccessful response from orderer: FORBIDDEN'), true],
  [
    gatewayError(
      status.UNAVAILABLE,
      '14 UNAVAILABLE: received unsuccessful response from orderer: SERVICE_UNAVAILABLE',
    ),
    false,
  ],
  [gatewayError(status.ABORTED, '10 ABORTED: something else'), false],
  [new Error('unsuccessful response from orderer'), false],
])('knows when the orderer itself said no: %#', (error, refused) => {
  expect(isRefusedByOrderer(error)).toBe(refused);
});
