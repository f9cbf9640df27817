/** The behaviour suites where two organisations host all parties: names, ports and folders of the samples. */
import { shouldRefuseOnTwoOrganizations, shouldWorkOnTwoOrganizations } from '../behaviour/twoOrganizations.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldWorkOnTwoOrganizations(() => openInProcess('two-org'));
shouldRefuseOnTwoOrganizations(() => openInProcess('two-org'));
