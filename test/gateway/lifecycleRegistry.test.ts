import { devnetDriver } from '@tenor/network';
import { shouldFoundARegistry } from '../behaviour/lifecycleRegistry.js';
import { openNetwork } from '../support/engines.js';

shouldFoundARegistry(() => openNetwork(devnetDriver, 'five-org'));
