/** `certificate:submit` */
import { modifiedFollowing } from '../../domain/calendar.js';
import { confirmations } from '../../domain/certificates.js';
import { allocate, assertClaimOf } from '../../domain/claims.js';
import { put, remove, type Opened, type Write } from '../../domain/decision.js';
import { draw, drawingOf, drawnLine } from '../../domain/lines.js';
import { money, moneyOf } from '../../domain/money.js';
import { assertApart, assertRole, type Party } from '../../domain/parties.js';
import { assertBacked, assertTenor, policyInForce } from '../../domain/submission.js';
import type { Vouched } from '../../domain/vouched.js';
import { partyOf, Pending } from '../../ledger/pending.js';
import { commands } from '../../protocol/commands/index.js';
import { TenorError } from '../../protocol/errors.js';
import { registerOf } from '../../protocol/identifiers.js';
import type { Policy } from '../../protocol/records/index.js';
import { implement } from '../implement.js';
import { openClaims, openLine } from '../loaders.js';

export const submit = implement(commands.certificate.submit, {
  load: async (tx, { request }) => {
    const { certificateId: id, lineId } = request;
    const draft = await tx.open('draft', id, tx.mspId);
    const { content } = draft.record;
    for (const mspId of new Set([registerOf(id), tx.mspId])) {
      tx.expectAbsent('terms', id, mspId, 'ID_TAKEN');
      tx.expectAbsent('face', id, mspId, 'ID_TAKEN');
    }
    tx.expectAbsent('confirmation', id, registerOf(id), 'CONFIRMATION_EXISTS');
    const claimIds = content.claims.map(({ claimId }) => claimId);
    return {
      draft,
      claims: await openClaims(tx, claimIds, registerOf(id)),
      line: lineId === undefined ? undefined : await openLine(tx, lineId),
      issuer: partyOf(content.issuer),
      bank: partyOf(content.bank),
      payee: partyOf(content.payee),
      policies: new Pending([['policies']], (registry) => registry.get('policies', undefined, 'POLICY_MISSING')),
      calendar: new Pending([['calendar', content.calendar]], (registry) =>
        registry.get('calendar', content.calendar, 'CALENDAR_UNKNOWN'),
      ),
    };
  },
  enters: ({ bank }) => [bank.mspId],
  actor: ({ issuer }) => ({ party: issuer, mspId: issuer.mspId }),
  decide: (_call, facts) => {
    const { draft, issuer, bank, payee, claims, line, caller, today } = facts;
    const { content, maker } = draft.record;
    const certificate = { ...content, issuerMsp: issuer.mspId, bankMsp: bank.mspId };
    if (maker === caller.identity) throw new TenorError('SAME_PERSON');
    assertRole(issuer, 'issuer');
    assertRole(bank, 'bank');
    assertRole(payee, 'supplier');
    assertApart(certificate);
    // One organisation may host both: the bank sees who they are, and decides.
    if (content.issuer === content.payee) throw new TenorError('ISSUER_IS_PAYEE');
    if (registerOf(draft.id) !== bank.mspId) throw new TenorError('ID_FOREIGN', { kind: 'terms', id: draft.id });
    const policy = policyInForce(facts.policies, today);
    const paymentDate = modifiedFollowing(facts.calendar, content.dueDate);
    assertTenor(content, paymentDate, policy, payee, today);
    assertBacked(content, claims);
    const reserved = claims.map((claim, index) => {
      assertClaimOf(claim, certificate);
      const amount = money(content.currency, content.claims[index]?.amount ?? '0');
      return put('claim', claim.id, allocate(claim, draft.id, amount));
    });
    return [
      ...roots(draft, { issuer, bank, payee }, policy, paymentDate),
      ...reserved,
      remove('draft', draft.id, caller.mspId),
      ...drawAtOnce(draft, line, certificate),
    ];
  },
});

interface Parties {
  readonly issuer: Party;
  readonly bank: Party;
  readonly payee: Party;
}

function roots({ id, record }: Opened<'draft'>, parties: Parties, policy: Policy, paymentDate: string): Write[] {
  const { issuer, bank, payee, currency, amount, dueDate, mode, deliveredOn, claims, tenorJustification } =
    record.content;
  const named = { id, issuer, issuerMsp: parties.issuer.mspId, bank, bankMsp: parties.bank.mspId, currency, dueDate };
  const { version: policyVersion, maxTier, maxChildren } = policy;
  return [
    put('terms', id, { schema: 'tenor.terms/1', ...named, paymentDate, mode, policyVersion, maxTier, maxChildren }),
    put('face', id, {
      ...{ schema: 'tenor.face/1', ...named, payee, payeeMsp: parties.payee.mspId, amount, deliveredOn, claims },
      ...(tenorJustification === undefined ? {} : { tenorJustification }),
    }),
  ];
}

type Certificate = Parameters<typeof draw>[1];

function drawAtOnce(
  { id, record }: Opened<'draft'>,
  line: Vouched<'line'> | undefined,
  certificate: Certificate,
): Write[] {
  if (line === undefined) return [];
  if (!line.record.autoConfirm) throw new TenorError('LINE_NOT_AUTOMATIC', { lineId: line.id });
  const drawn = draw(drawingOf(line), certificate, moneyOf(record.content));
  return [...confirmations([id], line.id, 'LINE'), put('line', line.id, drawnLine(drawn))];
}
