/** The canary: after a whole deal, nobody but its parties can read anything of it, and each transaction is endorsed by exactly the owners of the books it writes. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BookKind, TenorEvent } from '@tenor/client';
import { paperKey } from '../../chaincode/src/protocol/documentNumbers.js';
import { hayOf, needlesOf, scan, type Hay, type Needle } from '../support/attackScan.js';
import { BUSINESS_KINDS } from '../support/kinds.js';
import type { TopologyName } from '@tenor/network';
import { itApart } from '../support/hosting.js';
import type { OpenLedger } from '../support/ledger.js';
import { transactionsOf, type BlockTransaction } from '../support/rwset.js';
import { LEI, World, type PartyName } from '../support/world.js';
import { playCanary, SECRETS, WRITTEN_AMOUNTS, type Played } from './canaryDeal.js';
import { seenBy, visitAll, type Visit } from './canaryGuests.js';
import { guessesAt } from './canaryGuesses.js';
import { rowsOf, viewsOf } from './dealBooks.js';

/** The deal's secrets in every form. */
const NEEDLES: readonly Needle[] = [
  ...Object.entries(SECRETS).flatMap(([name, secret]) => needlesOf(name, secret)),
  ...WRITTEN_AMOUNTS.flatMap((amount) => needlesOf('a written amount', amount)),
];

/** What belongs to the registry, which is public, and to nothing else: who the parties are, and the words of records. */
const PARTIES: readonly Needle[] = [
  ...Object.entries(LEI).flatMap(([name, lei]) => needlesOf(`the LEI of the ${name}`, lei)),
  ...[
    'GUARANTEED',
    'INVOICE',
    'PRESENTED',
    'ACKNOWLEDGED',
    'tenor.slice/',
    'tenor.face/',
    '"amount"',
    '"salt"',
  ].flatMap((word) => needlesOf(word, word)),
];

const RECORD = resolve(__dirname, '../golden/seen-by-members.json');

const textsOf = ({ args, response, event }: BlockTransaction): string =>
  [...args, response, event?.name ?? '', event?.payload ?? ''].join('\n');
const isRegistry = ({ args }: BlockTransaction): boolean => args[0]?.startsWith('registry:') === true;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Collects the events of the channel, as an organisation that is no party hears them. */
function listenAs(world: World, name: PartyName): { readonly heard: TenorEvent[]; stop: () => Promise<void> } {
  const heard: TenorEvent[] = [];
  const ending = new AbortController();
  const listening = (async (): Promise<void> => {
    for await (const event of world.people(name).checker.events({ startBlock: 0n, signal: ending.signal }))
      heard.push(event);
  })();
  return {
    heard,
    stop: async () => {
      ending.abort();
      await listening;
    },
  };
}

/** The canary, on any ledger. */
export function shouldKeepSecrets(open: OpenLedger, on: TopologyName = 'five-org'): void {
  describe('a deal full of canaries', () => {
    let opened: World | undefined;
    let played: Played = { certificateId: '', claimId: '', kept: '', passed: '', traded: '', refusals: [] };
    let blocks: readonly Uint8Array[] = [];
    let transactions: readonly BlockTransaction[] = [];
    const seenBeforeTransfer: string[] = [];

    const world = (): World => {
      if (opened === undefined) throw new Error('no world');
      return opened;
    };
    const kindsSeenBy = async (name: PartyName): Promise<BookKind[]> => {
      const seen: BookKind[] = [];
      for (const kind of BUSINESS_KINDS)
        if ((await viewsOf(world().people(name).checker, kind)).length > 0) seen.push(kind);
      return seen;
    };

    beforeAll(async () => {
      opened = await World.found(await open());
      played = await playCanary(opened, async () => {
        seenBeforeTransfer.push(...(await kindsSeenBy('contractor')));
      });
      blocks = await opened.ledger.blocks(opened.people('operator').organization);
      transactions = blocks.flatMap(transactionsOf).filter(({ chaincode }) => chaincode === 'tenor');
    });

    afterAll(async () => {
      await opened?.close();
    });

    it('finds each secret in each form where one is planted', () => {
      for (const { name, form, bytes } of [...NEEDLES, ...PARTIES]) {
        const planted = { where: 'planted', bytes: Buffer.concat([Buffer.from('x'), bytes, Buffer.from('y')]) };
        expect(scan([planted], NEEDLES.concat(PARTIES))).toContainEqual({ where: 'planted', name, form });
      }
      const inside = Buffer.from(`some text around ${SECRETS.account} and after`).toString('base64');
      expect(scan([{ where: 'base64', bytes: Buffer.from(inside) }], NEEDLES)).toContainEqual({
        where: 'base64',
        name: 'account',
        form: 'base64',
      });
    });

    it('blocks hold no secret, neither as bytes nor in what they decode to', () => {
      const raw = blocks.map((bytes, number): Hay => ({ where: `block ${String(number)}`, bytes }));
      const decoded = transactions.map((each): Hay => ({ where: textsOf(each), bytes: Buffer.from(textsOf(each)) }));
      expect(scan([...raw, ...decoded], NEEDLES)).toEqual([]);
      expect(blocks.length).toBeGreaterThan(30);
    });

    it('a transaction of the deal names no party and no word of a record', () => {
      const deal = transactions.filter((each) => !isRegistry(each));
      expect(deal.length).toBeGreaterThan(25);
      const hay = deal.map((each): Hay => ({ where: each.args.join(' '), bytes: Buffer.from(textsOf(each)) }));
      expect(scan(hay, PARTIES)).toEqual([]);
    });

    it('events that a stranger hears hold no secret', async () => {
      const { heard, stop } = listenAs(world(), 'operator');
      const settled = (): boolean => heard.some(({ name }) => name === 'tenor.certificate.redeem.v1');
      for (let waited = 0; waited < 100 && !settled(); waited++) await sleep(100);
      await stop();
      expect(settled()).toBe(true);
      expect(
        scan(
          [
            {
              where: 'events',
              bytes: Buffer.from(
                JSON.stringify(heard, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
              ),
            },
          ],
          NEEDLES,
        ),
      ).toEqual([]);
    });

    it('refusals hold no secret, not even what was sent', () => {
      expect(played.refusals).toHaveLength(15);
      expect(
        scan(
          played.refusals.map((text): Hay => ({ where: text, bytes: Buffer.from(text) })),
          NEEDLES,
        ),
      ).toEqual([]);
    });

    it('logs of all processes hold no secret', async () => {
      const { dataPath, engine } = world().ledger;
      if (dataPath === undefined) {
        expect(engine).toBe('inProcess'); // there all is one process, without a log of its own
        return;
      }
      const logs = await hayOf(join(dataPath, 'logs'));
      expect(logs.length).toBeGreaterThan(world().ledger.organizations.length); // a chaincode each, and the network's own
      expect(scan(logs, NEEDLES)).toEqual([]);
    });

    itApart(on, 'the ledger of an organisation that is no party holds no secret; that of the bank does', async () => {
      const { dataPath, engine } = world().ledger;
      if (dataPath === undefined || engine === 'devnet') {
        expect(engine).not.toBe('fabric'); // only real peers keep files
        return;
      }
      expect(scan(await hayOf(join(dataPath, 'ledgers', 'peer-operator')), NEEDLES)).toEqual([]);
      expect(scan(await hayOf(join(dataPath, 'ledgers', 'orderer')), NEEDLES)).toEqual([]);
      expect(scan(await hayOf(join(dataPath, 'ledgers', 'peer-bank')), NEEDLES)).not.toEqual([]);
    });

    const BOOKS =
      'a book shows a stranger nothing, the contractor nothing before it is a party, and then no face, line or document';
    itApart(on, BOOKS, async () => {
      expect(seenBeforeTransfer).toEqual([]);
      expect(await kindsSeenBy('operator')).toEqual([]);
      const seen: BookKind[] = ['terms', 'slice', 'presentment', 'acknowledgement', 'leg', 'approval', 'outcome'];
      expect(await kindsSeenBy('contractor')).toEqual(seen);
      const views = await Promise.all(seen.map((kind) => viewsOf(world().people('contractor').checker, kind)));
      const found = scan([{ where: 'book', bytes: Buffer.from(JSON.stringify(views)) }], NEEDLES).map(
        ({ name }) => name,
      );
      const mayBeSeen = ['account', 'dueDate', 'offerExpiry', 'passedPart', 'price', 'priceAccount', 'tradedPart'];
      expect([...new Set(found)].filter((name) => !mayBeSeen.includes(name))).toEqual([]);
      for (const name of ['passedPart', 'price', 'tradedPart']) expect(found).toContain(name);
      expect(found).not.toContain('face');
    });

    it('hashes tell nothing to who guesses values or keys: they are salted, or repeat a salted hash', async () => {
      const hashes = new Set(
        transactions.flatMap(({ hashedWrites }) =>
          hashedWrites.flatMap(({ keyHash, valueHash }) => [keyHash, valueHash]),
        ),
      );
      const views = await Promise.all(BUSINESS_KINDS.map((kind) => viewsOf(world().people('bank').checker, kind)));
      const records = views.flat();
      expect(records.length).toBeGreaterThan(15);
      const { keys, values } = guessesAt(
        records,
        world().ledger.organizations.map(({ mspId }) => mspId),
      );
      expect(values.length).toBeGreaterThan(500);
      expect(values.filter((guess) => hashes.has(sha256(guess)))).toEqual([]);
      // The keys that can be guessed by whoever has the document, on purpose: two banks have to meet on them. See README, what stays visible.
      const paper = sha256(paperKey({ documentHash: SECRETS.documentHash, seller: LEI.supplier }));
      expect(new Set(keys.filter((guess) => hashes.has(sha256(guess))))).toEqual(
        new Set([
          `own/paper/${paper}`,
          `own/claim/${played.claimId}`,
          `shown/claim/${world().people('bank').mspId}/${played.claimId}`,
        ]),
      );
      // Who has the opening recognises it.
      expect(records.filter(({ opening }) => hashes.has(sha256(opening))).length).toBe(records.length);
    });

    it('equal contents never have equal hashes, but for the copies of one record, and for places', async () => {
      const everybody = ['issuer', 'bank', 'supplier', 'contractor'] as const;
      const rows = await Promise.all(everybody.map((name) => rowsOf(world().people(name).checker, 'intake')));
      const places = new Set(rows.flat().map(({ opening }) => sha256(opening)));
      const written = transactions.flatMap(({ hashedWrites }) =>
        hashedWrites.filter(({ kind, valueHash }) => kind === 'put' && !places.has(valueHash)),
      );
      expect(places.size).toBe(2); // one for each business date of the deal on which something was put into another's book
      const keysBy = (group: (write: (typeof written)[number]) => string): number[] => {
        const keys = new Map<string, Set<string>>();
        for (const write of written) keys.set(group(write), (keys.get(group(write)) ?? new Set()).add(write.keyHash));
        return [...keys.values()].map(({ size }) => size);
      };
      expect(keysBy(({ collection, valueHash }) => `${collection}/${valueHash}`).filter((size) => size > 1)).toEqual(
        [],
      );
      // A record stands under one key on the shelf of its register, and under one key among the copies of all who read it.
      expect(keysBy(({ valueHash }) => valueHash).filter((size) => size > 2)).toEqual([]);
    });

    it('every transaction is endorsed by peers of exactly those whose books it writes', () => {
      for (const transaction of transactions.filter((each) => !isRegistry(each))) {
        const written = [
          ...new Set(transaction.hashedWrites.map(({ collection }) => collection.replace('_implicit_org_', ''))),
        ].sort();
        const endorsers = transaction.endorsers.map(({ mspId }) => mspId).sort();
        expect([transaction.args[0], endorsers]).toEqual([transaction.args[0], written]);
        expect(transaction.endorsers.every(({ units }) => units.includes('peer'))).toBe(true);
        expect(transaction.publicWrites).toEqual([]);
      }
    });

    it('public state is written by the registry alone, and a founding by its own organisation alone', () => {
      for (const transaction of transactions.filter(isRegistry)) {
        const collections = new Set(transaction.hashedWrites.map(({ collection }) => collection));
        const own = `_implicit_org_${transaction.creatorMspId}`;
        const isAdoption = transaction.args[0] === 'registry:adopt';
        expect([...collections]).toEqual(isAdoption ? [own] : []);
        expect(transaction.publicWrites.length > 0).toBe(!isAdoption);
        if (!isAdoption)
          expect(new Set(transaction.endorsers.map(({ mspId }) => mspId)).size).toBeGreaterThan(
            world().ledger.organizations.length / 2,
          );
      }
    });

    describe('and every other member as a guest, by every service at every peer and by changed chaincode at home,', () => {
      let visits: readonly Visit[] = [];
      beforeAll(async () => {
        const last = transactions.at(-1);
        const known = { transactionId: last?.id ?? '', height: blocks.length };
        visits = await visitAll(world().ledger, played, BUSINESS_KINDS, known);
      });

      it('gets nothing but hashes: no secret is in an answer, and none in a refusal', () => {
        const hay = visits.flatMap(({ who, service, answers, refusals }) =>
          [...answers, ...refusals.map((text) => Buffer.from(text))].map((bytes): Hay => ({
            where: `${service}: ${who}`,
            bytes,
          })),
        );
        const { engine, organizations } = world().ledger;
        const asGuests = organizations.length * (organizations.length - 1) * (engine === 'inProcess' ? 3 : 1);
        expect(new Set(visits.map(({ who }) => who)).size).toBe(asGuests + organizations.length);
        expect(hay.length).toBeGreaterThan(asGuests * 30);
        expect(scan(hay, NEEDLES)).toEqual([]);
      });

      it('sees exactly what is recorded, and README says', () => {
        expect(seenBy(visits, played)).toEqual(JSON.parse(readFileSync(RECORD, 'utf8')));
      });
    });

    it('no transaction of an honest deal lacks an endorsement', () => {
      expect(transactions.map(({ validation }) => validation)).not.toContain('ENDORSEMENT_POLICY_FAILURE');
    });
  });
}
