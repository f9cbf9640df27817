/** Programs of this package that run as processes of their own. */
import { join, resolve } from 'node:path';

// One level above both src and dist: the programs are compiled, even where this file is run from its source.
const compiled = (...path: string[]): string => join(resolve(__dirname, '..'), 'dist', ...path);

/** Plays a network on devnet. */
export const DEVNET_PROGRAM = compiled('drivers', 'devnet', 'process.js');

/** Keeps a network running in the background. */
export const DAEMON_PROGRAM = compiled('control', 'daemon.js');
