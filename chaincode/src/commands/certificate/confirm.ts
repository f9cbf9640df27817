/** `certificate:confirm` */
import { confirmations } from '../../domain/certificates.js';
import { put } from '../../domain/decision.js';
import { atIndex } from '../../domain/items.js';
import { draw, drawingOf, drawnLine } from '../../domain/lines.js';
import { moneyOf } from '../../domain/money.js';
import { assertRole } from '../../domain/parties.js';
import type { BookRef } from '../../ledger/transaction.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import { implement } from '../implement.js';
import { eachOf, openFace, openLine } from '../loaders.js';

export const confirm = implement(commands.certificate.confirm, {
  load: async (tx, { request }) => {
    const { certificateIds, lineId, ticketId } = request;
    const faces = certificateIds.map((id): BookRef => ['face', id]);
    await tx.foresee(['line', lineId], ['ticket', ticketId], ...faces);
    const line = await openLine(tx, lineId);
    const certificates = await eachOf(tx, certificateIds, async (id) => {
      const certificate = await openFace(tx, id);
      tx.expectAbsent('confirmation', id, registerOf(id), 'CONFIRMATION_EXISTS');
      return certificate;
    });
    return { line, certificates };
  },
  actor: ({ line: { bank } }) => ({ party: bank, mspId: bank.mspId }),
  decide: ({ request }, { line, certificates, today }) => {
    assertRole(line.issuer, 'issuer');
    let drawing = drawingOf(line);
    for (const [index, { face }] of certificates.entries()) {
      try {
        // It could not be offered any more.
        if (face.record.dueDate <= today) throw new TenorError('DUE_DATE_PAST');
        drawing = draw(drawing, face.record, moneyOf(face.record));
      } catch (error) {
        throw atIndex(error, index);
      }
    }
    return [...confirmations(request.certificateIds, line.id, 'BANK'), put('line', line.id, drawnLine(drawing))];
  },
});
