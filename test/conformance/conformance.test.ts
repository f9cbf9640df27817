/** Devnet gives what real Fabric gave, case by case. */
import { devnetDriver } from '@tenor/network';
import { describeConformance } from './support/layer.js';

describeConformance(devnetDriver);
