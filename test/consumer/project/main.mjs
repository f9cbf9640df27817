// The same package from an ES module: every name is found without running anything.
import { connect, DEFAULT_DEADLINES, readInvoice, TenorError } from '@tenor/client';

console.log(JSON.stringify([typeof connect, typeof readInvoice, typeof TenorError, DEFAULT_DEADLINES.endorseMs]));
