/**
 * The chaincode of the conformance suite: its second argument is a JSON list of steps, its answer the list of their
 * results, so that each case is data. Values are text unless a step says otherwise. Started as a chaincode server.
 */
'use strict';

const { createRequire } = require('node:module');
const { join } = require('node:path');

const load = createRequire(join(__dirname, '../../../chaincode/package.json'));
const { Shim } = load('fabric-shim');
const { ChaincodeMessageHandler } = load('fabric-shim/lib/handler.js');
const { peer } = load('@hyperledger/fabric-protos');

/** The peer's last word before the first transaction, by stream: the shim does not read what is in it. */
const offered = new WeakMap();
const { chat } = ChaincodeMessageHandler.prototype;
ChaincodeMessageHandler.prototype.chat = function (starter) {
  this._stream.on('data', (message) => {
    if (message.getType() === peer.ChaincodeMessage.Type.READY) offered.set(this, message.getPayload_asU8());
  });
  chat.call(this, starter);
};

const text = (bytes) => Buffer.from(bytes ?? []).toString('utf8');
const hex = (bytes) => Buffer.from(bytes ?? []).toString('hex');
const here = () => process.env.CORE_PEER_LOCALMSPID;

async function collect(iterator, take = Infinity) {
  const found = [];
  while (found.length < take) {
    const { done, value } = await iterator.next();
    if (value !== undefined && value !== null) found.push(value);
    if (done) break;
  }
  await iterator.close();
  return found;
}

const keys = (found) => found.map(({ key }) => key);
const inside = ({ collection }) => collection !== undefined;

const STEPS = {
  get: async (stub, step) =>
    text(await (inside(step) ? stub.getPrivateData(step.collection, step.key) : stub.getState(step.key))),
  length: async (stub, { key }) => (await stub.getState(key)).length,
  put: (stub, step) => {
    const value = Buffer.from(step.value ?? 'v');
    return inside(step) ? stub.putPrivateData(step.collection, step.key, value) : stub.putState(step.key, value);
  },
  /** Numbered keys: `count` of them from `prefix`, with three digits. */
  fill: async (stub, { prefix, count, value = 'v' }) => {
    for (let index = 1; index <= count; index += 1) {
      await stub.putState(`${prefix}${String(index).padStart(3, '0')}`, Buffer.from(value));
    }
  },
  big: (stub, { key, size }) => stub.putState(key, Buffer.alloc(size, 'x')),
  del: (stub, step) => (inside(step) ? stub.deletePrivateData(step.collection, step.key) : stub.deleteState(step.key)),
  purge: (stub, { collection, key }) => stub.purgePrivateData(collection, key),
  hash: async (stub, { collection, key }) => hex(await stub.getPrivateDataHash(collection, key)),
  putTransient: (stub, { collection, key, field }) =>
    stub.putPrivateData(collection, key, stub.getTransient().get(field)),
  policy: (stub, step) => {
    const policy = Buffer.from(step.policy ?? '', 'base64');
    return inside(step)
      ? stub.setPrivateDataValidationParameter(step.collection, step.key, policy)
      : stub.setStateValidationParameter(step.key, policy);
  },
  getPolicy: async (stub, step) =>
    hex(
      await (inside(step)
        ? stub.getPrivateDataValidationParameter(step.collection, step.key)
        : stub.getStateValidationParameter(step.key)),
    ),
  range: async (stub, step) => {
    const { start, end, take } = step;
    const result = inside(step)
      ? await stub.getPrivateDataByRange(step.collection, start, end)
      : await stub.getStateByRange(start, end);
    return keys(await collect(result.iterator ?? result, take));
  },
  page: async (stub, { start, end, size, bookmark = '' }) => {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination(start, end, size, bookmark);
    return {
      keys: keys(await collect(iterator)),
      // The shim gives none for a page without records.
      bookmark: metadata?.bookmark ?? null,
      count: metadata?.fetchedRecordsCount ?? null,
    };
  },
  putComposite: (stub, { type, attributes, value = 'v' }) =>
    stub.putState(stub.createCompositeKey(type, attributes), Buffer.from(value)),
  partial: async (stub, { type, attributes }) =>
    keys(await collect(await stub.getStateByPartialCompositeKey(type, attributes))).map(
      (key) => stub.splitCompositeKey(key).attributes,
    ),
  query: async (stub, { selector }) => keys(await collect(await stub.getQueryResult(selector))),
  history: async (stub, { key }) =>
    (await collect(await stub.getHistoryForKey(key))).map(({ value, isDelete, txId }) => ({
      value: text(value),
      isDelete,
      txId,
    })),
  call: async (stub, { chaincode, channel = '', steps }) => {
    const answer = await stub.invokeChaincode(chaincode, ['run', JSON.stringify(steps)], channel);
    return { status: answer.status, message: answer.message, payload: text(answer.payload) };
  },
  /** A message that the shim has no call for, through its own queue; the answer is in hex. */
  ask: async (stub, { type, payload }) => {
    const message = new peer.ChaincodeMessage();
    message.setType(type);
    message.setPayload(Buffer.from(payload, 'base64'));
    message.setTxid(stub.getTxID());
    message.setChannelId(stub.getChannelID());
    return hex(await stub.handler._askPeerAndListen(message, 'Ask'));
  },
  /** What the peer answered the registration with, in hex. */
  offered: (stub) => hex(offered.get(stub.handler)),
  event: (stub, { name, value = '' }) => {
    stub.setEvent(name, Buffer.from(value));
  },
  fail: (_stub, { message }) => {
    throw new Error(message);
  },
  sleep: (_stub, { milliseconds }) =>
    new Promise((resolve) => {
      setTimeout(resolve, milliseconds);
    }),
  exit: () => {
    process.exit(1);
  },
  mspId: () => here(),
  transient: (stub) => Object.fromEntries([...stub.getTransient()].map(([key, value]) => [key, text(value)])),
  timestamp: (stub) => Number(stub.getTxTimestamp().seconds),
  creator: (stub) => stub.getCreator().mspid,
  txId: (stub) => stub.getTxID(),
  channel: (stub) => stub.getChannelID(),
  args: (stub) => stub.getArgs(),
  binding: (stub) => stub.getBinding(),
};

/** One step; `on` limits it to some organisations, `caught` turns what it throws into its result. */
async function perform(stub, step, answer) {
  if (step.on !== undefined && !step.on.includes(here())) return null;
  if (step.do === 'respond') {
    Object.assign(answer, { status: step.status ?? answer.status, message: step.message ?? answer.message });
    return null;
  }
  if (step.do === 'all') return Promise.all(step.steps.map((each) => perform(stub, each, answer)));
  try {
    const result = (await STEPS[step.do](stub, step)) ?? null;
    // Writes are answered with bytes that say nothing.
    return Buffer.isBuffer(result) ? null : result;
  } catch (error) {
    if (step.caught !== true) throw error;
    return { error: error.message };
  }
}

async function run(stub) {
  const answer = { status: 200, message: '' };
  try {
    const steps = JSON.parse(stub.getArgs()[1] ?? '[]');
    const results = [];
    for (const step of steps) results.push(await perform(stub, step, answer));
    return { ...answer, payload: Buffer.from(JSON.stringify(results)) };
  } catch (error) {
    return Shim.error(error.message);
  }
}

// Every call would be logged twice.
for (const name of ['lib/chaincode.js', 'lib/handler.js', 'lib/iterators.js', 'lib/server.js', 'lib/stub.js']) {
  const logger = Shim.newLogger(name);
  if (!logger.isDebugEnabled()) logger.debug = () => logger;
}

Shim.server(
  { Init: run, Invoke: run },
  { ccid: process.env.CHAINCODE_ID, address: process.env.CHAINCODE_SERVER_ADDRESS, tlsProps: undefined },
)
  .start()
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
