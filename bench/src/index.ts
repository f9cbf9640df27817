/** The parts that the Caliper check shares with the benchmark: network, people, calls and measurement. */
export { baselinesOf } from './baselines.js';
export { send, type Ready } from './calls.js';
export { processesOf, type Processes } from './cpu.js';
export { draftsOf } from './drafts.js';
export { measure, type Measured } from './measure.js';
export { gather, type Cast, type Person } from './people.js';
export { noOps } from './rawWrites.js';
export { table as markdownTable } from './report.js';
export { commitId, machine } from './result.js';
export { median, rounded } from './statistics.js';
export { forEach, Stock } from './stock.js';
export { closeAll, openTestNetwork, RAW, TOPOLOGY } from './testNetwork.js';
