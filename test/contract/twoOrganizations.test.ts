/** The behaviour suites where two organisations host all parties: names, ports and folders of the samples. */
import { shouldWorkOnTwoOrganizations } from '../behaviour/twoOrganizations.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldWorkOnTwoOrganizations(() => openInProcess('two-org'));
