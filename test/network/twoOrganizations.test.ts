/** The behaviour suites where two organisations host all parties: names, ports and folders of the samples. */
import { fabricDriver } from '@tenor/network';
import { shouldWorkOnTwoOrganizations } from '../behaviour/twoOrganizations.js';
import { openNetwork } from '../support/engines.js';

shouldWorkOnTwoOrganizations(() => openNetwork(fabricDriver, 'two-org'));
