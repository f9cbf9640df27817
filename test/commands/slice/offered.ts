/** The refusals that accepting and declining an offered slice share. */
import { presented, PRESENTMENT, reference, SLICE } from '../support/facts.js';
import { instead, request } from '../support/scene.js';
import type { Row } from '../support/table.js';

/** Slices that are not offered, or not by that transfer. */
export const NOT_OFFERED_ROWS: readonly Row[] = [
  ['STATE', 'the slice has no lock', instead(SLICE), { state: 'FREE', sliceId: SLICE.id }],
  ['STATE', 'the offer is another one', request({ transferId: reference('transfer', 2) })],
  ['STATE', 'the slice is presented', instead(presented(PRESENTMENT))],
];
