import { shouldDiscount } from '../behaviour/discount.js';
import { openInProcess } from '../support/inProcessLedger.js';

shouldDiscount(() => openInProcess('wide'));
