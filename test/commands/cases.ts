/** A case of every command. */
import type { CommandName } from '../../chaincode/src/protocol/commands/index.js';
import type { Case } from './support/stage.js';
import { adopt as registryAdopt } from './registry/adopt.case.js';
import { bootstrap as registryBootstrap } from './registry/bootstrap.case.js';
import { propose as registryPropose } from './registry/propose.case.js';
import { approve as registryApprove } from './registry/approve.case.js';
import { preserve as registryPreserve } from './registry/preserve.case.js';
import { prepare as ticketPrepare } from './ticket/prepare.case.js';
import { open as lineOpen } from './line/open.case.js';
import { claim as documentClaim } from './document/claim.case.js';
import { draft as certificateDraft } from './certificate/draft.case.js';
import { submit as certificateSubmit } from './certificate/submit.case.js';
import { confirm as certificateConfirm } from './certificate/confirm.case.js';
import { reject as certificateReject } from './certificate/reject.case.js';
import { offer as certificateOffer } from './certificate/offer.case.js';
import { accept as certificateAccept } from './certificate/accept.case.js';
import { decline as certificateDecline } from './certificate/decline.case.js';
import { unwind as certificateUnwind } from './certificate/unwind.case.js';
import { redeem as certificateRedeem } from './certificate/redeem.case.js';
import { split as sliceSplit } from './slice/split.case.js';
import { offer as sliceOffer } from './slice/offer.case.js';
import { accept as sliceAccept } from './slice/accept.case.js';
import { decline as sliceDecline } from './slice/decline.case.js';
import { present as slicePresent } from './slice/present.case.js';
import { acknowledge as presentmentAcknowledge } from './presentment/acknowledge.case.js';
import { reopen as presentmentReopen } from './presentment/reopen.case.js';
import { withdraw as presentmentWithdraw } from './presentment/withdraw.case.js';
import { discharge as presentmentDischarge } from './presentment/discharge.case.js';
import { report as paymentReport } from './payment/report.case.js';
import { attest as paymentAttest } from './payment/attest.case.js';
import { restore as bookRestore } from './book/restore.case.js';

/** By name of the command. */
export const CASES: { readonly [Name in CommandName]: Case<Name> } = {
  'registry:adopt': registryAdopt,
  'registry:bootstrap': registryBootstrap,
  'registry:propose': registryPropose,
  'registry:approve': registryApprove,
  'registry:preserve': registryPreserve,
  'ticket:prepare': ticketPrepare,
  'line:open': lineOpen,
  'document:claim': documentClaim,
  'certificate:draft': certificateDraft,
  'certificate:submit': certificateSubmit,
  'certificate:confirm': certificateConfirm,
  'certificate:reject': certificateReject,
  'certificate:offer': certificateOffer,
  'certificate:accept': certificateAccept,
  'certificate:decline': certificateDecline,
  'certificate:unwind': certificateUnwind,
  'certificate:redeem': certificateRedeem,
  'slice:split': sliceSplit,
  'slice:offer': sliceOffer,
  'slice:accept': sliceAccept,
  'slice:decline': sliceDecline,
  'slice:present': slicePresent,
  'presentment:acknowledge': presentmentAcknowledge,
  'presentment:discharge': presentmentDischarge,
  'presentment:reopen': presentmentReopen,
  'presentment:withdraw': presentmentWithdraw,
  'payment:report': paymentReport,
  'payment:attest': paymentAttest,
  'book:restore': bookRestore,
};
