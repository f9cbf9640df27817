/** Real Fabric still gives what was recorded, case by case. */
import { fabricDriver } from '@tenor/network';
import { describeConformance } from '../conformance/support/layer.js';

describeConformance(fabricDriver);
