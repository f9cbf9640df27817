/** Open books: nothing is planned or sent unless one's own peer has refused, and the channel's configuration refuses everybody. */
import { status as grpc } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { common } from '@hyperledger/fabric-protos';
import {
  BOOKS_CHECK_EVERY_MS,
  BooksGuard,
  EVERY_MEMBER_READS,
  type BooksOptions,
  type BooksQuestions,
} from '../../../client/src/closedBooks/guard.js';
import { TenorError, type ErrorCode } from '../../../chaincode/src/protocol/errors.js';
import { codeOf } from '../protocol/support.js';
import { configuration } from './channelConfiguration.js';

const CLOSED = configuration({ list: { 'event/Block': 'Nobody' }, policies: { Nobody: 'ALL Admins' } });
const ONE_ADMIN = configuration({ list: { 'event/Block': '/Channel/Application/Org1MSP/Admins' } });

/** Counts what is asked; each answer can be replaced. */
class Peer implements BooksQuestions {
  asked = 0;
  block: () => Promise<'refused' | 'handed over'> = () => Promise.resolve('refused');
  config: common.Config = CLOSED;

  askForPrivateBlock(): Promise<'refused' | 'handed over'> {
    this.asked += 1;
    return this.block();
  }

  readConfiguration(): Promise<Uint8Array> {
    return Promise.resolve(this.config.serializeBinary());
  }
}

const outcome = async (guard: BooksGuard): Promise<unknown> =>
  guard.assertClosed().then(
    () => 'closed',
    (error: unknown) => (error as TenorError).code,
  );

describe('the guard of the books', () => {
  let peer: Peer;
  let now = 0;
  beforeEach(() => {
    peer = new Peer();
    now = 1_000;
    jest.spyOn(performance, 'now').mockImplementation(() => now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const guard = (options: BooksOptions = {}): BooksGuard => new BooksGuard('tenor', options, peer);

  it('lets calls through after a refusal, and asks once for as long as the answer stands', async () => {
    const ours = guard();
    expect(await Promise.all([outcome(ours), outcome(ours), outcome(ours)])).toEqual(['closed', 'closed', 'closed']);
    now += BOOKS_CHECK_EVERY_MS - 1;
    expect([await outcome(ours), peer.asked]).toEqual(['closed', 1]);
    now += 1;
    expect([await outcome(ours), peer.asked]).toEqual(['closed', 2]);
  });

  it('notices at the next question that the channel was opened, and at once that it was closed again', async () => {
    const ours = guard({ booksCheckEveryMs: 1_000 });
    expect(await outcome(ours)).toBe('closed');
    peer.block = () => Promise.resolve('handed over');
    now += 999;
    expect(await outcome(ours)).toBe('closed');
    now += 1;
    expect(await outcome(ours)).toBe('BOOKS_OPEN');
    expect(await outcome(ours)).toBe('BOOKS_OPEN');
    peer.block = () => Promise.resolve('refused');
    expect(await outcome(ours)).toBe('closed');
  });

  it('names the channel and what it saw', async () => {
    peer.block = () => Promise.resolve('handed over');
    await expect(guard().assertClosed()).rejects.toMatchObject({
      code: 'BOOKS_OPEN',
      data: { channel: 'tenor', seen: 'a private block was handed over' },
      message: expect.stringContaining('close-books'),
    });
  });

  it('is not content with a refusal for itself where the access list lets one signature of others through', async () => {
    peer.config = ONE_ADMIN;
    await expect(guard().assertClosed()).rejects.toMatchObject({
      code: 'BOOKS_OPEN',
      data: { seen: 'the access list lets one signature through' },
    });
  });

  it.each<[string, ErrorCode, (peer: Peer) => void]>([
    ['a peer that is away', 'UNAVAILABLE', (it) => (it.block = () => Promise.reject(new TenorError('UNAVAILABLE')))],
    [
      'a configuration that is none',
      'REFUSED_BY_NETWORK',
      (it) => (it.readConfiguration = () => Promise.resolve(Buffer.from('no configuration'))),
    ],
    [
      'a configuration that is not shown',
      'REFUSED_BY_NETWORK',
      (it) => (it.readConfiguration = () => Promise.reject(new Error(String(grpc.PERMISSION_DENIED)))),
    ],
    ['an empty configuration', 'BOOKS_OPEN', (it) => (it.config = new common.Config())],
  ])('takes %s for no refusal, and asks again at the next call', async (_what, code, spoil) => {
    spoil(peer);
    const ours = guard();
    expect(await outcome(ours)).toBe(code);
    expect(await outcome(ours)).toBe(code);
    expect(peer.asked).toBe(2);
  });

  it('asks nothing where open books are accepted in words, and warns once for each channel', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    peer.block = () => Promise.resolve('handed over');
    const accepting = (): BooksGuard => new BooksGuard('trial', { acceptOpenBooks: EVERY_MEMBER_READS }, peer);
    expect([await outcome(accepting()), await outcome(accepting()), peer.asked]).toEqual(['closed', 'closed', 0]);
    expect(warnings.mock.calls).toEqual([
      [
        'acceptOpenBooks is set for channel trial: every member of the channel can read every book, and this client works all the same.',
        { type: 'TenorWarning', code: 'BOOKS_OPEN' },
      ],
    ]);
  });

  it.each([[true], [false], ['yes'], [''], [null], [1], [`${EVERY_MEMBER_READS}.`]])(
    'takes no other word for it: %j',
    (word) => {
      expect(codeOf(() => guard({ acceptOpenBooks: word } as never))).toBe('CONFIGURATION');
    },
  );

  it.each([[-1], [3_600_001], [NaN], [Infinity]])('refuses to ask every %p ms', (everyMs) => {
    expect(codeOf(() => guard({ booksCheckEveryMs: everyMs }))).toBe('CONFIGURATION');
  });

  it('asks before every call where the answer is to stand for no time', async () => {
    const ours = guard({ booksCheckEveryMs: 0 });
    await ours.assertClosed();
    await ours.assertClosed();
    expect(peer.asked).toBe(2);
  });
});
