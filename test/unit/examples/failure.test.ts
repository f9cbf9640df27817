/** What the demo says of a step that failed. */
import { describe, expect, it } from '@jest/globals';
import { encodeError, ERRORS, TenorError } from '../../../chaincode/src/protocol/errors.js';
import { reasonOf } from '../../../examples/scene/failure.js';

/** An error of the gateway that hands on what a peer said. */
const fromPeer = (message: string): Error =>
  Object.assign(new Error(`2 UNKNOWN: ${message}`), {
    details: [{ mspId: 'BankMSP', address: 'localhost:7051', message }],
  });

describe('the reason of a failed step', () => {
  it('is a refusal said once, with its data, whatever gateway and peers make of it', () => {
    const refusal = new TenorError('LINE_EXCEEDED', { lineId: 'L' });
    const met = new TenorError('LINE_EXCEEDED', { lineId: 'L' }, { cause: fromPeer(encodeError(refusal)) });
    expect(reasonOf(met)).toBe(`LINE_EXCEEDED: ${ERRORS.LINE_EXCEEDED}\n  lineId: L`);
  });

  it('is all that the peers said where the chaincode did not refuse', () => {
    const met = new TenorError('UNAVAILABLE', {}, { cause: fromPeer('connection refused') });
    expect(reasonOf(met)).toBe(
      `UNAVAILABLE: ${ERRORS.UNAVAILABLE}\n  2 UNKNOWN: connection refused\n  BankMSP at localhost:7051: connection refused`,
    );
  });

  it('is the message of any other error', () => {
    expect([reasonOf(new Error('no space left')), reasonOf('gone')]).toEqual(['no space left', 'gone']);
  });
});
