/** Names of lanes: the command's own, and with a word more where many are done in one call. */

const BULK = ' bulk';

/** The lane of a command that does many at once. */
export const bulkOf = (command: string): string => `${command}${BULK}`;

/** Whether many are done in one call. */
export const isBulk = (lane: string): boolean => lane.endsWith(BULK);

export const CONFIRM = 'certificate:confirm';
/** The two halves of a transfer. */
export const OFFER = 'slice:offer';
export const ACCEPT = 'slice:accept';

/** What is measured in every mode, and what the first aims are of. */
export const FIRST: ReadonlySet<string> = new Set([CONFIRM, bulkOf(CONFIRM), OFFER, ACCEPT]);
