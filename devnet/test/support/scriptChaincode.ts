// A chaincode that does what it is told: its argument is a list of steps, its answer the list of their results.

/** Values are text; a missing `collection` means the public state. */
export type Step =
  | {
      readonly do: 'get' | 'delete' | 'getHash' | 'getPolicy' | 'purge';
      readonly key: string;
      readonly collection?: string;
    }
  | { readonly do: 'put'; readonly key: string; readonly value: string; readonly collection?: string }
  | { readonly do: 'setPolicy'; readonly key: string; readonly policyBase64: string; readonly collection?: string }
  | {
      readonly do: 'range';
      readonly start: string;
      readonly end: string;
      readonly take?: number;
      readonly collection?: string;
    }
  | {
      readonly do: 'page';
      readonly start: string;
      readonly end: string;
      readonly size: number;
      readonly bookmark: string;
    }
  | { readonly do: 'event'; readonly name: string; readonly value: string }
  | { readonly do: 'respond'; readonly status: number; readonly message: string }
  | { readonly do: 'transient' | 'timestamp' | 'mspId' }
  /** Answers something else on one organisation. */
  | { readonly do: 'differ'; readonly on: string; readonly in: 'value' | 'message' | 'event' }
  | { readonly do: 'throwOn'; readonly on: string; readonly message: string }
  | { readonly do: 'sleep'; readonly milliseconds: number }
  | { readonly do: 'query' | 'history'; readonly text: string }
  /** Gives the other chaincode's status and message, or its answer when that is 200. */
  | { readonly do: 'invoke'; readonly name: string; readonly steps: readonly Step[]; readonly channel?: string };

interface Scan {
  next(): Promise<{ done: boolean; value?: { key: string; value: Uint8Array } }>;
  close(): Promise<void>;
}

interface HistoryScan {
  next(): Promise<{ done: boolean; value?: { txId: string; isDelete: boolean; value: Uint8Array } }>;
  close(): Promise<void>;
}

/** The calls of fabric-shim's stub that the steps need. */
interface Stub {
  getArgs(): string[];
  getMspID(): string;
  getTransient(): ReadonlyMap<string, Uint8Array>;
  getTxTimestamp(): { seconds: { toNumber(): number } };
  getState(key: string): Promise<Uint8Array>;
  putState(key: string, value: Uint8Array): Promise<void>;
  deleteState(key: string): Promise<void>;
  getPrivateData(collection: string, key: string): Promise<Uint8Array>;
  getPrivateDataHash(collection: string, key: string): Promise<Uint8Array>;
  putPrivateData(collection: string, key: string, value: Uint8Array): Promise<void>;
  deletePrivateData(collection: string, key: string): Promise<void>;
  purgePrivateData(collection: string, key: string): Promise<void>;
  setStateValidationParameter(key: string, policy: Uint8Array): Promise<void>;
  getStateValidationParameter(key: string): Promise<Uint8Array | undefined>;
  setPrivateDataValidationParameter(collection: string, key: string, policy: Uint8Array): Promise<void>;
  getPrivateDataValidationParameter(collection: string, key: string): Promise<Uint8Array | undefined>;
  getStateByRange(start: string, end: string): Promise<Scan>;
  getStateByRangeWithPagination(
    start: string,
    end: string,
    size: number,
    bookmark: string,
  ): Promise<{ iterator: Scan; metadata: { bookmark: string; fetchedRecordsCount: number } }>;
  getPrivateDataByRange(collection: string, start: string, end: string): Promise<{ iterator: Scan }>;
  getQueryResult(text: string): Promise<unknown>;
  getHistoryForKey(key: string): Promise<HistoryScan>;
  invokeChaincode(
    name: string,
    args: string[],
    channel: string,
  ): Promise<{ status: number; message: string; payload: Uint8Array }>;
  setEvent(name: string, payload: Uint8Array): void;
}

interface Answer {
  status: number;
  message: string;
}

type Run<S extends Step> = (stub: Stub, step: S, answer: Answer) => unknown;
type StepNamed<N extends Step['do']> = Step & { readonly do: N };

const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString();

const RUN: { readonly [N in Step['do']]: Run<StepNamed<N>> } = {
  get: async (stub, { key, collection }) =>
    text(collection === undefined ? await stub.getState(key) : await stub.getPrivateData(collection, key)),
  put: async (stub, { key, value, collection }) => {
    const bytes = Buffer.from(value);
    await (collection === undefined ? stub.putState(key, bytes) : stub.putPrivateData(collection, key, bytes));
  },
  delete: async (stub, { key, collection }) => {
    await (collection === undefined ? stub.deleteState(key) : stub.deletePrivateData(collection, key));
  },
  purge: async (stub, { key, collection }) => {
    await stub.purgePrivateData(collection ?? '', key);
  },
  getHash: async (stub, { key, collection }) =>
    Buffer.from(await stub.getPrivateDataHash(collection ?? '', key)).toString('hex'),
  getPolicy: async (stub, { key, collection }) =>
    Buffer.from(
      (collection === undefined
        ? await stub.getStateValidationParameter(key)
        : await stub.getPrivateDataValidationParameter(collection, key)) ?? [],
    ).toString('base64'),
  setPolicy: async (stub, { key, policyBase64, collection }) => {
    const policy = Buffer.from(policyBase64, 'base64');
    await (collection === undefined
      ? stub.setStateValidationParameter(key, policy)
      : stub.setPrivateDataValidationParameter(collection, key, policy));
  },
  range: async (stub, { start, end, take, collection }) => {
    const scan =
      collection === undefined
        ? await stub.getStateByRange(start, end)
        : (await stub.getPrivateDataByRange(collection, start, end)).iterator;
    return collect(scan, take ?? Infinity);
  },
  page: async (stub, { start, end, size, bookmark }) => {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination(start, end, size, bookmark);
    return {
      keys: await collect(iterator, Infinity),
      bookmark: metadata.bookmark,
      count: metadata.fetchedRecordsCount,
    };
  },
  event: (stub, { name, value }) => {
    stub.setEvent(name, Buffer.from(value));
  },
  respond: (_stub, { status, message }, answer) => {
    Object.assign(answer, { status, message });
  },
  transient: (stub) => Object.fromEntries([...stub.getTransient()].map(([key, value]) => [key, text(value)])),
  timestamp: (stub) => stub.getTxTimestamp().seconds.toNumber(),
  mspId: (stub) => stub.getMspID(),
  differ: (stub, { on, in: where }, answer) => {
    const mine = stub.getMspID() === on ? 'other' : 'same';
    if (where === 'message') {
      answer.message = mine;
    }
    if (where === 'event') {
      stub.setEvent('differ', Buffer.from(mine));
    }
    return where === 'value' ? mine : undefined;
  },
  throwOn: (stub, { on, message }) => {
    if (on === stub.getMspID() || on === '*') {
      throw new Error(message);
    }
  },
  sleep: (_stub, { milliseconds }) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  query: (stub, { text: query }) => stub.getQueryResult(query),
  invoke: async (stub, { name, steps, channel }) => {
    const { status, message, payload } = await stub.invokeChaincode(
      name,
      ['run', JSON.stringify(steps)],
      channel ?? '',
    );
    return status === 200 ? (JSON.parse(text(payload)) as unknown) : { status, message };
  },
  history: async (stub, { text: key }) => {
    const scan = await stub.getHistoryForKey(key);
    const found: string[] = [];
    for (let next = await scan.next(); !next.done && next.value; next = await scan.next()) {
      found.push(next.value.isDelete ? 'deleted' : text(next.value.value));
    }
    await scan.close();
    return found;
  },
};

async function collect(scan: Scan, take: number): Promise<string[]> {
  const keys: string[] = [];
  while (keys.length < take) {
    const { done, value } = await scan.next();
    if (done || !value) {
      break;
    }
    keys.push(value.key);
  }
  await scan.close();
  return keys;
}

/** The raw chaincode; one object may serve every organisation. */
export const scriptChaincode = {
  Init: () => Promise.resolve({ status: 200, message: '', payload: Buffer.alloc(0) }),
  Invoke: async (stub: Stub): Promise<{ status: number; message: string; payload: Uint8Array }> => {
    const answer: Answer = { status: 200, message: '' };
    try {
      const steps = JSON.parse(stub.getArgs()[1] ?? '[]') as Step[];
      const results: unknown[] = [];
      for (const step of steps) {
        const run = RUN[step.do] as Run<Step>;
        results.push((await run(stub, step, answer)) ?? null);
      }
      return { ...answer, payload: Buffer.from(JSON.stringify(results)) };
    } catch (error) {
      return { status: 500, message: error instanceof Error ? error.message : String(error), payload: Buffer.alloc(0) };
    }
  },
};
