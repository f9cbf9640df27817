/** For tests and embedders: the chaincode without a process around it. */
export { TenorChaincode } from './contract/chaincode.js';
