import { devnetDriver } from '@tenor/network';
import { shouldShowWhyBooksAreClosed } from '../behaviour/closedBooks.js';
import { shouldRefuseOpenBooks } from '../behaviour/openBooks.js';
import { shareNetwork } from '../support/engines.js';

const open = shareNetwork(devnetDriver, 'three-org', 'open');
shouldRefuseOpenBooks(open);
shouldShowWhyBooksAreClosed(open.running);
