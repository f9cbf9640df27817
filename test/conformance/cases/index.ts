/** All cases, in the order of the reference. */
import { programs } from '../programs/index.js';
import type { Case } from '../support/suite.js';
import { ACCESS_CASES } from './access.js';
import { BATCHES } from './batches.js';
import { CONFLICTS } from './conflicts.js';
import { CREATORS } from './creators.js';
import { DEFINITION_CASES } from './definitions.js';
import { EVENTS } from './events.js';
import { EXPIRY } from './expiry.js';
import { FORGERY } from './forgery.js';
import { GATEWAY } from './gateway.js';
import { MEMBERS } from './members.js';
import { MISSING } from './missing.js';
import { ORDERING } from './ordering.js';
import { PRIVATE_DATA } from './privateData.js';
import { PROCESSES } from './processes.js';
import { PROPOSAL } from './proposal.js';
import { SIMULATION } from './simulation.js';
import { STREAM } from './stream.js';
import { TIMEOUTS } from './timeouts.js';
import { UNDECODABLE } from './undecodable.js';
import { VALIDATION } from './validation.js';

/** Programs that are recorded, by seeds from 1 on. */
const PROGRAMS = 12;

export const CASES: readonly Case[] = [
  ...GATEWAY,
  ...PROPOSAL,
  ...CREATORS,
  ...PROCESSES,
  ...TIMEOUTS,
  ...STREAM,
  ...BATCHES,
  ...PRIVATE_DATA,
  ...SIMULATION,
  ...EXPIRY,
  ...ORDERING,
  ...CONFLICTS,
  ...VALIDATION,
  ...FORGERY,
  ...EVENTS,
  ...UNDECODABLE,
  ...DEFINITION_CASES,
  ...MISSING,
  ...ACCESS_CASES,
  ...MEMBERS,
  ...programs(1, PROGRAMS),
];
