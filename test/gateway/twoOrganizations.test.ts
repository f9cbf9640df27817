/** The behaviour suites where two organisations host all parties: names, ports and folders of the samples. */
import { devnetDriver } from '@tenor/network';
import { shouldRefuseOnTwoOrganizations, shouldWorkOnTwoOrganizations } from '../behaviour/twoOrganizations.js';
import { openNetwork } from '../support/engines.js';

shouldWorkOnTwoOrganizations(() => openNetwork(devnetDriver, 'two-org'));
shouldRefuseOnTwoOrganizations(() => openNetwork(devnetDriver, 'two-org'));
