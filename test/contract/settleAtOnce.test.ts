import { shouldSettleAtOnce } from '../behaviour/settleAtOnce.js';
import { openInProcess } from '../support/inProcessLedger.js';
import { wideWith } from '../support/topologies.js';

shouldSettleAtOnce(() => openInProcess(wideWith('issuer', 'bank', 'supplier', 'contractor')));
