/**
 * The shim's debug lines. It formats every one of them, several for each state call, before its transport drops it: a quarter of
 * the CPU of a call. Where the debug level was not asked for (CORE_CHAINCODE_LOGGING_LEVEL), they are not made at all.
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
