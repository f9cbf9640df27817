/**
 * Jest's environment for Node, without three things that cost more than the tests themselves.
 *
 * The global object has no interceptors. Jest's own answers every look-up of a global name (Buffer, Math, Promise) by way of a
 * proxy, a thousand times slower.
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

vm.compileFunction = (source, parameters, options) => {
  const cachedData = compiled.get(source);
  if (cachedData !== undefined) return compileFunction(source, parameters, { ...options, cachedData });
  const made = compileFunction(source, parameters, { ...options, produceCachedData: true });
  compiled.set(source, made.cachedData);
  return made;
};

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
    asyncHooks.AsyncLocalStorage = Running; // until jest-circus, which is loaded next, has taken it
  }

  handleTestEvent({ name }) {
    if (name === 'setup') asyncHooks.AsyncLocalStorage = AsyncLocalStorage;
  }
};
