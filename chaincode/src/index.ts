/** For `fabric-chaincode-node start`, for tests, and for embedders: the contracts, and the chaincode without a process around it. */
export { contracts, TenorChaincode } from './contracts/chaincode.js';
