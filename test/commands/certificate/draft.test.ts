/** Drafts: the issuer's maker writes down, in the issuer's own book alone. */
import { CONTENT, idOf, MSP, OTHER_BANK } from '../support/facts.js';
import { identityOf } from '../support/people.js';
import { callerOf, party, put, request, sceneOf, secret, taken } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { draft } from './draft.case.js';

const ID = idOf('bank', 'issuer', 'new-certificate');
const caller = callerOf('issuer', ['maker'], 'maker');
const scene = sceneOf('certificate:draft', caller, { certificateId: ID }, { secret: CONTENT });

describeCommand({
  of: draft,
  scene,
  books: [
    ['ID_TAKEN', 'the id is used already', taken(MSP.issuer, 'draft', ID), { kind: 'draft', id: ID }],
    ['ID_FOREIGN', 'the id is drawn by another', request({ certificateId: idOf('bank', 'contractor', 'certificate') })],
  ],
  rules: [
    ['PARTY_ROLE', 'the issuer is none', party('issuer', { roles: ['supplier', 'bank'] }), { role: 'issuer' }],
    ['ID_FOREIGN', 'the id names the book of another bank', secret({ bank: OTHER_BANK })],
  ],
  writes: put(
    'draft',
    ID,
    { schema: 'tenor.draft/1', id: ID, maker: identityOf(caller), content: CONTENT },
    { in: [MSP.issuer] },
  ),
});
