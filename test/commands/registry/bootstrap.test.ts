/** The registry is founded once, by founders who all agreed to exactly these founders. */
import { createHash } from 'node:crypto';
import { MSP } from '../support/facts.js';
import { all, as, published, registered, request, sceneOf, taken, type Change } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { ADMINISTRATOR, NO_ADMINISTRATOR } from './people.js';
import { bootstrap } from './bootstrap.case.js';

const BYTES = '{"founders":["BankMSP","IssuerMSP"],"schema":"tenor.founding/1"}';
const founding = createHash('sha256').update(BYTES).digest('hex');
const adopted = (...mspIds: string[]): Change =>
  all(...mspIds.map((mspId) => taken(mspId, 'founding', 'channel', BYTES)));
const founders = [MSP.issuer, MSP.bank];
const record = { schema: 'tenor.registry/1', founders: [MSP.bank, MSP.issuer], founding, version: 1 };

describeCommand({
  of: bootstrap,
  scene: adopted(MSP.bank, MSP.issuer)(sceneOf('registry:bootstrap', ADMINISTRATOR, { founders })),
  books: [
    ['FOUNDERS_INVALID', 'there is one founder', request({ founders: [MSP.bank] })],
    ['FOUNDERS_INVALID', 'one founder is named twice', request({ founders: [MSP.bank, MSP.bank] })],
    ['MSP_UNKNOWN', 'a founder is no organisation of the channel', request({ founders: ['NobodyMSP', MSP.bank] })],
    ['FOUNDING_MISSING', 'a founder has adopted nothing', request({ founders: [MSP.bank, MSP.supplier] })],
    [
      'FOUNDING_MISSING',
      'a founder has adopted another founding',
      taken(MSP.issuer, 'founding', 'channel', '{}'),
      { mspId: MSP.issuer },
    ],
    [
      'REGISTRY_FOUNDED',
      'there is a registry, by other founders',
      registered('registry', { ...record, founders: [MSP.bank, MSP.supplier] }),
    ],
  ],
  callers: NO_ADMINISTRATOR,
  rules: [['FOUNDERS_INVALID', 'the caller is none of them', as({ mspId: MSP.supplier })]],
  writes: published('registry', record),
});
