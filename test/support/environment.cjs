/**
 * Jest's environment for Node, without three things that cost more than the tests themselves.
 *
 * Test files run among Node's own globals. In a context of its own, as Jest makes it, every array and error is foreign to Node's
 * buffers and streams, and each look-up of a global name goes by way of a proxy. Modules are loaded anew for each file all the same;
 * what a test changes in a global it has to put back.
 *
 * Jest asks which test a rejected promise belongs to by a store that Node carries along through every promise that anybody makes.
 * The tests of a file run one after the other, so that a variable says the same.
 *
 * Every test file loads more than a thousand modules of its own. What V8 has found out about a source is kept for the next file.
 */
const asyncHooks = require('node:async_hooks');
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

const { AsyncLocalStorage } = asyncHooks;

/** What jest-circus uses of the store: the innermost test or hook that runs. */
class Running {
  #current;

  getStore() {
    return this.#current;
  }

  async run(store, test) {
    const outer = this.#current;
    this.#current = store;
    try {
      return await test();
    } finally {
      this.#current = outer;
    }
  }
}

const { compileFunction } = vm;
const compiled = new Map();

vm.compileFunction = (source, parameters, { parsingContext: _jests, ...options }) => {
  const cachedData = compiled.get(source);
  if (cachedData !== undefined) return compileFunction(source, parameters, { ...options, cachedData });
  const made = compileFunction(source, parameters, { ...options, produceCachedData: true });
  compiled.set(source, made.cachedData);
  return made;
};

module.exports = class extends TestEnvironment {
  #known;

  constructor(config, context) {
    super(config, context);
    this.#known = new Set(Reflect.ownKeys(globalThis));
    Object.assign(globalThis, config.projectConfig.globals);
    asyncHooks.AsyncLocalStorage = Running; // until jest-circus, which is loaded next, has taken it
  }

  handleTestEvent({ name }) {
    if (name === 'setup') asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
  }

  /** What Jest keeps in global names is for one file: the next one would run with the handlers of this one. */
  async teardown() {
    for (const key of Reflect.ownKeys(globalThis)) if (!this.#known.has(key)) Reflect.deleteProperty(globalThis, key);
    await super.teardown();
  }
};
