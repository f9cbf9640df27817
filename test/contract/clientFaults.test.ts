/**
 * The client when the connection fails: what it sends again, what it never sends twice, and which error it throws in the end.
 * Everything but the connection is real: the SDK, the shim, the chaincode, the ledger.
 */
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { gateway, peer } from '@hyperledger/fabric-protos';
import { connect, newMemoryJournal, type ConnectOptions, type Journal, type Receipt, type Tenor } from '@tenor/client';
import { encodeError, TenorError, type ErrorCode } from '../../chaincode/src/protocol/errors.js';
import { outcome, recordOf, refusal } from '../behaviour/dealBooks.js';
import { claimInvoice, contentOf, issue, split } from '../support/deal.js';
import { FaultyLine, type Fault } from '../support/faultyLine.js';
import { openInProcess, type InProcessLedger } from '../support/inProcessLedger.js';
import { World, type PartyName } from '../support/world.js';

const ATTEMPTS = 8;

let ledger: InProcessLedger;
let world: World;
let line: FaultyLine;
let journal: Journal;
let maker: Tenor;
let claimId: string;

const times = (count: number, fault: Fault): Fault[] => Array.from({ length: count }, () => fault);

/** A client of a party's user on a line of its own. */
function onLine(party: PartyName, user: string, options: Partial<ConnectOptions> = {}): [Tenor, FaultyLine] {
  const { connection, grpcClient } = ledger.userOf(world.people(party).organization, user);
  const own = new FaultyLine(grpcClient);
  return [connect({ connection, grpcClient: own.client, ...options }), own];
}

beforeAll(async () => {
  ledger = await openInProcess();
  world = await World.found(ledger);
  claimId = await claimInvoice(world, '700');
});

beforeEach(async () => {
  journal = newMemoryJournal();
  [maker, line] = onLine('issuer', 'Maker', { journal });
  // What is counted and spoiled are the calls of one transaction: whether the books are closed has been asked before.
  const asked = maker.sender.evaluate('command:open', { command: 'registry:adopt', request: { founders: [] } });
  expect((await refusal(asked)).code).not.toBe('BOOKS_OPEN');
  line.reset();
});

afterAll(() => world.close());

/** A new id for a certificate. */
const fresh = (): string => world.newId('bank', 'issuer');

/** A call of one transaction: a draft in the issuer's own book. */
const draft = (certificateId: string, by = maker): Promise<Receipt> =>
  by.certificate.draft({ certificateId, ...contentOf('700', claimId) });

const refusedAs = (code: ErrorCode): Fault => ({
  code: status.ABORTED,
  message: `chaincode response 500, ${encodeError(new TenorError(code))}`,
});
const MISMATCH: Fault = {
  code: status.ABORTED,
  message: 'failed to assemble transaction: ProposalResponsePayloads do not match (base64): ...',
};

/** An answer to a question for the status. */
function committedAs(code: peer.TxValidationCodeMap[keyof peer.TxValidationCodeMap]): Fault {
  const answer = new gateway.CommitStatusResponse();
  answer.setResult(code);
  answer.setBlockNumber(7);
  return { answer };
}

describe('deadlines', () => {
  it('are short by default: a stopped peer costs one', async () => {
    await draft(fresh());
    const within = (['Evaluate', 'Endorse', 'Submit', 'CommitStatus'] as const).map(
      (call) => Math.round((line.withinMs(call) ?? 0) / 100) / 10,
    );
    expect(within).toEqual([5, 10, 5, 60]);
  });

  it('can be replaced one by one', async () => {
    const [client, own] = onLine('issuer', 'Maker', { deadlines: { endorseMs: 2_000 } });
    await draft(fresh(), client);
    expect([own.withinMs('Endorse'), own.withinMs('Submit')].map((ms) => Math.round((ms ?? 0) / 1000))).toEqual([2, 5]);
  });
});

describe('before anything is ordered', () => {
  it.each([
    ['the plan', 'Evaluate', { code: status.UNAVAILABLE, message: 'No connection established' }, 1],
    ['the plan, for too long', 'Evaluate', { code: status.DEADLINE_EXCEEDED, message: 'Deadline exceeded' }, 1],
    [
      'the endorsement',
      'Endorse',
      { code: status.UNAVAILABLE, message: 'failed to find any endorsing peers for org(s): BankMSP' },
      2,
    ],
    [
      'the endorsement, for too long',
      'Endorse',
      { code: status.DEADLINE_EXCEEDED, message: 'endorsement timeout expired while collecting endorsements' },
      1,
    ],
  ] as const)('a peer that does not answer %s is UNAVAILABLE, with nothing sent', async (_what, call, fault, tries) => {
    const certificateId = fresh();
    line.next(call, ...times(tries, fault));
    expect((await refusal(draft(certificateId))).code).toBe('UNAVAILABLE');
    expect([line.count(call), line.count('Submit')]).toEqual([tries, 0]);
    expect(journal.pending()).toEqual([]);
    expect(await draft(certificateId)).toMatchObject({ replayed: false, attempts: 1 });
  });

  it('an endorser that comes back a moment later is asked once more', async () => {
    line.next('Endorse', {
      code: status.UNAVAILABLE,
      message: 'failed to find any endorsing peers for org(s): BankMSP',
    });
    expect(await draft(fresh())).toMatchObject({ replayed: false, attempts: 1 });
    expect([line.count('Endorse'), line.count('Submit')]).toEqual([2, 1]);
  });

  it.each([
    ['answers that differ', MISMATCH],
    ['an endorser a block behind', refusedAs('OPENING_MISMATCH')],
  ])('%s are asked for again until they agree', async (_what, fault) => {
    line.next('Endorse', fault, fault, fault);
    expect(await draft(fresh())).toMatchObject({ replayed: false, attempts: 4 });
    expect([line.count('Endorse'), line.count('Submit')]).toEqual([4, 1]);
  });

  it.each([
    ['answers that always differ', MISMATCH, 'REFUSED_BY_NETWORK'],
    ['an opening that never holds', refusedAs('OPENING_MISMATCH'), 'OPENING_MISMATCH'],
  ] as const)('%s are told in the end, with a transaction id and nothing sent', async (_what, fault, code) => {
    line.next('Endorse', ...times(ATTEMPTS, fault));
    const error = await refusal(draft(fresh()));
    expect(error).toMatchObject({ code, transactionId: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect([line.count('Endorse'), line.count('Submit')]).toEqual([ATTEMPTS, 0]);
  });

  it('a refusal by the rules is told at once', async () => {
    line.next('Endorse', refusedAs('CALLER_NOT_ALLOWED'));
    expect((await refusal(draft(fresh()))).code).toBe('CALLER_NOT_ALLOWED');
    expect(line.count('Endorse')).toBe(1);
  });

  it.each<[what: string, code: ErrorCode]>([
    ['a record', 'NOT_FOUND'],
    ["another organisation's founding", 'FOUNDING_MISSING'],
  ])('%s on its way to this peer is waited for, and missed in the end', async (_what, code) => {
    line.next('Evaluate', refusedAs(code), refusedAs(code));
    expect(await draft(fresh())).toMatchObject({ replayed: false, attempts: 1 });
    line.next('Evaluate', ...times(5, refusedAs(code)));
    expect((await refusal(draft(fresh()))).code).toBe(code);
  });
});

describe('an answer that is lost', () => {
  it.each([
    ['the request to order', 'Submit', 'lose request'],
    ['the answer of the orderer', 'Submit', 'lose answer'],
    ['the status', 'CommitStatus', 'lose answer'],
  ] as const)('once, %s, is asked for again by the same id: one effect', async (_what, call, fault) => {
    line.next(call, fault);
    const receipt = await draft(fresh());
    expect(receipt).toMatchObject({ replayed: false, attempts: 1 });
    expect(line.count('Endorse')).toBe(1);
    expect(await maker.committed(receipt.transactionId ?? '')).toBe(receipt.blockNumber);
  });

  it.each([
    ['which was ordered', 'lose answer'],
    ['which was not', 'lose request'],
  ] as const)(
    'for good, of a transaction %s, is OUTCOME_UNKNOWN until the same call resumes it',
    async (_what, fault) => {
      const certificateId = fresh();
      line.next('Submit', ...times(2, fault));
      const error = await refusal(draft(certificateId));
      expect(error.code).toBe('OUTCOME_UNKNOWN');
      const [open] = maker.pending();
      expect(open?.sent?.transactionId).toBe(error.transactionId);
      expect(open?.operation).toContain(certificateId);
      line.reset();
      const receipt = await draft(certificateId);
      expect(receipt).toMatchObject({ transactionId: error.transactionId, replayed: false });
      expect([line.count('Evaluate'), line.count('Endorse')]).toEqual([0, 0]);
      expect(maker.pending()).toEqual([]);
      expect(await draft(certificateId)).toMatchObject({ transactionId: error.transactionId, replayed: true });
    },
  );

  it('stays open while it cannot be resumed, and nothing else passes under its ids', async () => {
    const certificateId = fresh();
    line.next('Submit', ...times(3, 'lose request'));
    const first = await refusal(draft(certificateId));
    const other = maker.certificate.draft({ certificateId, ...contentOf('699', claimId) });
    expect(await outcome(other)).toBe('ID_TAKEN');
    expect(await refusal(draft(certificateId))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      transactionId: first.transactionId,
    });
    expect(maker.pending()).toHaveLength(1);
    expect(await draft(certificateId)).toMatchObject({ transactionId: first.transactionId });
  });

  it('is found to have lost its race when it is resumed too late: the call is judged anew', async () => {
    const { sliceId } = await issue(world, '1000');
    const [supplier, own] = onLine('supplier', 'Checker');
    const parts = {
      sliceId,
      partIds: [world.newId('bank', 'supplier'), world.newId('bank', 'supplier')],
      amounts: ['400', '600'],
    };
    own.next('Submit', ...times(2, 'lose request'));
    expect(await outcome(supplier.slice.split(parts))).toBe('OUTCOME_UNKNOWN');
    await split(world, sliceId, ['500', '500']);
    expect(await outcome(supplier.slice.split(parts))).toBe('STATE');
    expect(supplier.pending()).toEqual([]);
    expect(await recordOf(world, 'bank', 'slice', sliceId)).toMatchObject({ state: 'SPENT' });
  });
});

describe('after ordering', () => {
  const REFUSED = {
    code: status.ABORTED,
    message: 'received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=no Raft leader',
  };
  const { TxValidationCode } = peer;
  const ordered = (): Fault => ({ answer: new gateway.SubmitResponse() });

  it('a transaction that the orderer refuses is refused, and not remembered', async () => {
    line.next('Submit', REFUSED);
    expect((await refusal(draft(fresh()))).code).toBe('REFUSED_BY_NETWORK');
    expect([line.count('Submit'), maker.pending().length]).toEqual([1, 0]);
  });

  it.each(['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT'] as const)(
    '%s is built anew, and CONFLICT after as many as it takes',
    async (name) => {
      line.next('Submit', ...times(2, ordered()));
      line.next('CommitStatus', ...times(2, committedAs(TxValidationCode[name])));
      expect(await draft(fresh())).toMatchObject({ replayed: false, attempts: 3 });
      line.reset();
      line.next('Submit', ...times(ATTEMPTS, ordered()));
      line.next('CommitStatus', ...times(ATTEMPTS, committedAs(TxValidationCode[name])));
      expect(await refusal(draft(fresh()))).toMatchObject({ code: 'CONFLICT', data: { validation: name } });
      expect([line.count('Endorse'), maker.pending().length]).toEqual([ATTEMPTS, 0]);
    },
  );

  it('ENDORSEMENT_POLICY_FAILURE is built anew once: the same records again are no race', async () => {
    line.next('Submit', ...times(ATTEMPTS, ordered()));
    line.next('CommitStatus', ...times(ATTEMPTS, committedAs(TxValidationCode.ENDORSEMENT_POLICY_FAILURE)));
    expect((await refusal(draft(fresh()))).code).toBe('ENDORSEMENT_POLICY_FAILURE');
    expect(line.count('Endorse')).toBe(2);
  });

  it('any other verdict is told at once, by its name', async () => {
    line.next('Submit', ordered());
    line.next('CommitStatus', committedAs(TxValidationCode.BAD_PAYLOAD));
    expect(await refusal(draft(fresh()))).toMatchObject({ code: 'NOT_COMMITTED', data: { validation: 'BAD_PAYLOAD' } });
    expect(line.count('Endorse')).toBe(1);
  });
});

describe('waiting for a transaction of someone else', () => {
  it('answers its block', async () => {
    const receipt = await draft(fresh());
    expect(await world.people('operator').checker.committed(receipt.transactionId ?? '')).toBe(receipt.blockNumber);
  });

  it('is UNAVAILABLE when it is not seen in time', async () => {
    const [client] = onLine('operator', 'Checker', { deadlines: { commitStatusMs: 100 } });
    const unseen = 'ab'.repeat(32);
    expect(await refusal(client.committed(unseen))).toMatchObject({ code: 'UNAVAILABLE', transactionId: unseen });
  });

  it.each(['MVCC_READ_CONFLICT', 'BAD_PAYLOAD'] as const)(
    'is NOT_COMMITTED when it was found invalid: %s',
    async (name) => {
      line.next('CommitStatus', committedAs(peer.TxValidationCode[name]));
      expect(await refusal(maker.committed('ab'.repeat(32)))).toMatchObject({
        code: 'NOT_COMMITTED',
        data: { validation: name },
      });
    },
  );
});
