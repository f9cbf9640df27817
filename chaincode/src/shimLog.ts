/**
 * The shim's debug lines. The shim formats several of them for each state call, and its transport then drops them. This takes a quarter
 * of the CPU time of a call. If CORE_CHAINCODE_LOGGING_LEVEL does not ask for the debug level, the lines are not made at all.
 */
import { Shim } from 'fabric-shim';

/** The shim's own loggers that write while a call runs, by the names under which it keeps them. */
const LOGGERS = [
  ...['lib/chaincode.js', 'lib/handler.js', 'lib/iterators.js', 'lib/server.js', 'lib/stub.js'],
  ...['contracts-spi/chaincodefromcontract.js', 'contracts-spi/datamarshall.js'],
];

/** Call it before the shim starts. */
export function dropUnwantedLines(): void {
  for (const logger of LOGGERS.map((name) => Shim.newLogger(name))) {
    if (!logger.isDebugEnabled()) logger.debug = () => logger;
  }
}
