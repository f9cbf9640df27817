/** Every kind of record in books: who keeps it, who gets a copy, and who has to endorse a change. */
import type { RecordKinds } from '../ledger/recordKind.js';
import { acceptance } from './acceptance.js';
import { acknowledgement } from './acknowledgement.js';
import { approval } from './approval.js';
import { attestation } from './attestation.js';
import { claim } from './claim.js';
import { confirmation } from './confirmation.js';
import { consolidation } from './consolidation.js';
import { cover } from './cover.js';
import { credit } from './credit.js';
import { creditSecret } from './creditSecret.js';
import { draft } from './draft.js';
import { face } from './face.js';
import { financingRequest } from './financingRequest.js';
import { financed } from './financed.js';
import { founding } from './founding.js';
import { fundingLimit } from './fundingLimit.js';
import { intake } from './intake.js';
import { leg } from './leg.js';
import { line } from './line.js';
import { outcome } from './outcome.js';
import { mandate } from './mandate.js';
import { paper } from './paper.js';
import { payment } from './payment.js';
import { presentment } from './presentment.js';
import { proof } from './proof.js';
import { quote } from './quote.js';
import { receipt } from './receipt.js';
import { redeemed } from './redeemed.js';
import { registration } from './registration.js';
import { remittance } from './remittance.js';
import { reservation } from './reservation.js';
import { returned } from './return.js';
import { slice } from './slice.js';
import { status } from './status.js';
import { terms } from './terms.js';
import { ticket } from './ticket.js';
import { totals } from './totals.js';

/** The kinds by name. */
export const RECORDS: RecordKinds = {
  founding,
  line,
  reservation,
  claim,
  paper,
  draft,
  terms,
  face,
  confirmation,
  status,
  ticket,
  slice,
  consolidation,
  mandate,
  financingRequest,
  quote,
  acceptance,
  registration,
  fundingLimit,
  financed,
  presentment,
  payment,
  remittance,
  attestation,
  receipt,
  credit,
  creditSecret,
  return: returned,
  acknowledgement,
  totals,
  redeemed,
  leg,
  cover,
  proof,
  approval,
  outcome,
  intake,
};
