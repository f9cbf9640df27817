/** Runs a program and answers its outcome: answers, read-write sets, codes in the order of the block, the last state. */
import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { codeName, outcomeOf, Retry, signed, type Context, type Prepared } from '../support/context.js';
import { OpenEnvelope, rwsetOf, type NameVersion } from '../support/envelope.js';
import { mspIdOf, ORGANIZATIONS, type Org } from '../support/net.js';
import type { Step } from '../support/step.js';
import type { Refusal } from '../support/wire.js';
import { CHAINCODES, COLLECTIONS, KEYS, POLICIES, programOf, VALUES, type Draw, type Wave } from './program.js';

/** A transaction of the program under its name: t1.2 is the second one of the first wave. */
interface Named extends Prepared {
  readonly name: string;
}

/** Versions by the names of the transactions that wrote them. */
class Versions {
  readonly #names = new Map<string, string>();

  give(block: number, tx: number, name: string): void {
    this.#names.set(`${String(block)}:${String(tx)}`, name);
  }

  readonly nameOf: NameVersion = (version) =>
    version === undefined
      ? 'absent'
      : (this.#names.get(`${String(version.getBlockNum())}:${String(version.getTxNum())}`) ?? 'older');

  /** The same in a text, as peers print them. */
  inText(text: string): string {
    return text.replaceAll(
      /\{BlockNum: (\d+), TxNum: (\d+)\}/g,
      (_, block: string, tx: string) => `{${this.#names.get(`${block}:${tx}`) ?? 'older'}}`,
    );
  }
}

const isRefusal = (outcome: unknown): outcome is Refusal['outcome'] =>
  typeof outcome === 'object' && outcome !== null && 'code' in outcome;

/** With the gateway's own plan the peers that are asked are left to chance, and so are the details of a refusal. */
const refusalOf = (draw: Draw, { code, message, details }: Refusal['outcome']): unknown =>
  draw.targets === undefined ? { code, message } : { code, message, details };

const answerOf = (envelope: common.Envelope): string =>
  Buffer.from(new OpenEnvelope(envelope).chaincodeAction.getResponse()?.getPayload_asU8() ?? []).toString('utf8');

/** What stands in the set of a namespace, in a line without the parts that are empty. */
const linesOf = (envelope: common.Envelope, versions: Versions): string[] =>
  rwsetOf(envelope, versions.nameOf).map((set) =>
    JSON.stringify(set)
      .replaceAll('"', '')
      .replaceAll(/namespaces\/fields\/|,\w+:\[\](?=[,}])/g, ''),
  );

class Run {
  readonly #t: Context;
  readonly #versions = new Versions();
  #late: Named[] = [];
  #wave = 0;

  constructor(t: Context) {
    this.#t = t;
  }

  async wave({ draws, order }: Wave): Promise<unknown> {
    this.#wave += 1;
    const endorsed = await Promise.all(draws.map((draw, index) => this.#endorse(draw, index)));
    const prepared = endorsed.flatMap(({ draw, transaction }) => (transaction ? [{ draw, transaction }] : []));
    const prompt = prepared.filter(({ draw }) => !draw.late).map(({ transaction }) => transaction);
    const twice = prepared.filter(({ draw }) => draw.twice && !draw.late).map(({ transaction }) => transaction);
    const ordered = order([...this.#late, ...prompt, ...twice]);
    this.#late = prepared.filter(({ draw }) => draw.late).map(({ transaction }) => transaction);
    return { endorsed: endorsed.map(({ outcome }) => outcome), block: await this.#order(ordered) };
  }

  async #endorse(draw: Draw, index: number): Promise<{ draw: Draw; outcome: unknown; transaction: Named | undefined }> {
    const { chaincode, steps, targets } = draw;
    const name = `t${String(this.#wave)}.${String(index + 1)}`;
    const work = this.#t.endorsed({ chaincode, steps, ...(targets === undefined ? {} : { targets }) });
    const outcome = await outcomeOf(work);
    if (isRefusal(outcome)) {
      const text = this.#versions.inText(JSON.stringify(refusalOf(draw, outcome)));
      return { draw, outcome: JSON.parse(text) as unknown, transaction: undefined };
    }
    const transaction = { ...signed(outcome as Prepared), name };
    const { envelope } = transaction;
    const answer = this.#versions.inText(answerOf(envelope));
    return { draw, outcome: [`${name} ${answer}`, ...linesOf(envelope, this.#versions)], transaction };
  }

  /** Names and codes as the block has them. @throws Retry when there are two blocks */
  async #order(transactions: readonly Named[]): Promise<string[]> {
    const [first] = transactions;
    if (first === undefined) return [];
    await this.#t.orderAll(transactions);
    await Promise.all(transactions.map(({ txId }) => this.#t.settled(txId)));
    const { block: number } = await this.#t.status(first.txId);
    const { responses } = await this.#t.deliver('deliver', { start: number, stop: number, wanted: 2 });
    const block = responses[0]?.getBlock() ?? new common.Block();
    const flags = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
    const names = new Map(transactions.map(({ txId, name }) => [txId, name]));
    const found = (block.getData()?.getDataList_asU8() ?? []).flatMap((bytes, tx) => {
      const name = names.get(new OpenEnvelope(common.Envelope.deserializeBinary(bytes)).channelHeader.getTxId());
      if (name === undefined) return [];
      const code = flags?.[tx] ?? -1;
      if (code === 0) this.#versions.give(number, tx, name);
      return [`${name} ${codeName(code)}`];
    });
    if (found.length !== transactions.length) throw new Retry('cut apart');
    return found;
  }

  /** Everything that the first peer says about every key, and what the others say otherwise. */
  async state(): Promise<unknown> {
    const [first = [], ...others] = await Promise.all(ORGANIZATIONS.map((org) => this.#stateOn(org)));
    return [
      first.filter((line) => !/ (?:""|\[\])$/.test(line)),
      ...others.map((lines) => lines.filter((line) => !first.includes(line))),
    ];
  }

  async #stateOn(org: Org): Promise<string[]> {
    const steps = this.#everything();
    const state = CHAINCODES.map(async (chaincode) => {
      const answers = (await this.#t.query({ chaincode, targets: [mspIdOf(org)], steps })) as unknown[];
      return steps.map((step, index) => {
        const { do: what, key = '', collection = '' } = step as { do: string; key?: string; collection?: string };
        return this.#versions.inText(`${chaincode} ${what} ${collection} ${key} ${JSON.stringify(answers[index])}`);
      });
    });
    return (await Promise.all(state)).flat();
  }

  #everything(): Step[] {
    const keys = KEYS.map((short) => this.#t.key(short));
    return [
      ...keys.flatMap((key): Step[] => [
        { do: 'get', key },
        { do: 'getPolicy', key },
        { do: 'history', key },
        ...COLLECTIONS.flatMap((collection): Step[] => [
          { do: 'hash', key, collection },
          { do: 'get', key, collection, caught: true },
          { do: 'getPolicy', key, collection },
        ]),
      ]),
      { do: 'range', start: this.#t.key('a'), end: this.#t.key('f') },
    ];
  }
}

/** Names for what texts show in hexadecimal: the policies that a program sets, the hashes of its values. */
function nameBytes({ names }: Context): void {
  POLICIES.forEach((policy, index) => {
    names.give(Buffer.from(policy, 'base64').toString('hex'), `policy ${String(index + 1)}`);
  });
  for (const value of VALUES) names.give(createHash('sha256').update(value).digest('hex'), `<hash of ${value}>`);
}

/** Runs the program of a seed. */
export async function runProgram(t: Context, seed: number): Promise<unknown> {
  nameBytes(t);
  const run = new Run(t);
  const waves: unknown[] = [];
  for (const wave of programOf(seed, (short) => t.key(short))) waves.push(await run.wave(wave));
  return { waves, state: await run.state() };
}
