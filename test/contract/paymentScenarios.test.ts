import { shouldSettleAsBanksSay } from '../behaviour/paymentScenarios.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldSettleAsBanksSay(() => openInProcess());
