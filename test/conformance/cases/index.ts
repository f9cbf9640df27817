/** All cases, in the order of the reference. */
import type { Case } from '../support/suite.js';
import { EVENTS } from './events.js';
import { GATEWAY } from './gateway.js';
import { ORDERING } from './ordering.js';
import { PROPOSAL } from './proposal.js';
import { SIMULATION } from './simulation.js';
import { STREAM } from './stream.js';
import { VALIDATION } from './validation.js';

export const CASES: readonly Case[] = [...GATEWAY, ...PROPOSAL, ...STREAM, ...SIMULATION, ...ORDERING, ...VALIDATION, ...EVENTS];
