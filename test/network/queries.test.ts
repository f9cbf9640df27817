import { fabricDriver } from '@tenor/network';
import { shouldAnswerQueries } from '../behaviour/queries.js';
import { openNetwork } from '../support/engines.js';

shouldAnswerQueries(() => openNetwork(fabricDriver, 'five-org'));
