/**
 * Jest's environment for Node, on a global object without interceptors. Jest's own answers every look-up of a global name
 * (Buffer, Math, Promise) by way of a proxy, a thousand times slower: that was more than half of what the tests cost.
 */
const vm = require('node:vm');
const { TestEnvironment } = require('jest-environment-node');

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(config, context);
    } finally {
      vm.createContext = createContext;
    }
  }
};
