/** `certificate:unwind` */
import { ended } from '../../domain/certificates.js';
import { assertClaimOf, deallocate } from '../../domain/claims.js';
import { put, unsalted, type Write } from '../../domain/decision.js';
import { assertCertificate, stateOf } from '../../domain/lifecycle.js';
import { assertLineOf, drawingOf, drawnLine, giveBack } from '../../domain/lines.js';
import { moneyOf } from '../../domain/money.js';
import type { ConfirmedCertificate, Vouched } from '../../domain/vouched.js';
import { commands } from '../../protocol/commands/index.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { openClaims, openConfirmed, openLine } from '../loaders.js';

export const unwind = implement(commands.certificate.unwind, {
  load: async (tx, { request }) => {
    const { certificateId: id } = request;
    const certificate = await openConfirmed(tx, id);
    // These records were opened above: the face names the claims, and the confirmation names the line.
    const face = await tx.open('face', id);
    const { lineId } = (await tx.open('confirmation', id)).record;
    const claimIds = face.record.claims.map(({ claimId }) => claimId);
    return {
      certificate,
      line: lineId === undefined ? undefined : await openLine(tx, lineId),
      claims: await openClaims(tx, claimIds, registerOf(id)),
    };
  },
  actor: ({ certificate: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: (_call, { certificate, line, claims, today }) => {
    const face = certificate.face.record;
    assertCertificate('unwind', stateOf(certificate, today));
    return [
      ended(certificate, 'UNWOUND'),
      ...keptRejection(certificate),
      ...givenBack(certificate, line),
      ...claims.map((claim) => {
        assertClaimOf(claim, face);
        return put('claim', claim.id, deallocate(claim, certificate.id));
      }),
    ];
  },
});

function givenBack({ face }: ConfirmedCertificate, line: Vouched<'line'> | undefined): Write[] {
  if (line === undefined) return [];
  assertLineOf(line, face.record);
  return [put('line', line.id, drawnLine(giveBack(drawingOf(line), moneyOf(face.record))))];
}

/** The bank alone can change a rejection. After the unwinding it cannot, so that it cannot confirm the certificate after all. */
function keptRejection({ confirmation: { id, record } }: ConfirmedCertificate): Write[] {
  if (record.outcome !== 'REJECTED') return [];
  return [put('confirmation', id, { ...unsalted(record), outcome: 'UNWOUND' })];
}
