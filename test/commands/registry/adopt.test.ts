/** An administrator agrees to founders for its own organisation, as often as it likes. */
import { expect, it } from '@jest/globals';
import { MSP } from '../support/facts.js';
import { as, codeOf, put, registered, request, sceneOf, taken, writtenBy } from '../support/scene.js';
import { describeCommand } from '../support/table.js';
import { ADMINISTRATOR, NO_ADMINISTRATOR } from './people.js';
import { adopt } from './adopt.case.js';

const founders = [MSP.issuer, MSP.bank];
const scene = sceneOf('registry:adopt', ADMINISTRATOR, { founders });
const founding = { schema: 'tenor.founding/1', founders: [MSP.bank, MSP.issuer] };

describeCommand({
  of: adopt,
  scene,
  books: [
    [
      'MSP_UNKNOWN',
      'a founder is no organisation of the channel',
      request({ founders: [MSP.bank, 'NobodyMSP'] }),
      { mspId: 'NobodyMSP' },
    ],
  ],
  callers: NO_ADMINISTRATOR,
  rules: [
    ['FOUNDERS_INVALID', 'there is one founder', request({ founders: [MSP.bank] })],
    ['FOUNDERS_INVALID', 'one founder is named twice', request({ founders: [MSP.bank, MSP.bank] })],
  ],
  writes: put('founding', 'channel', founding, { in: [MSP.bank] }),
});

it('replaces another founding, needs no registry, and may name others alone', async () => {
  expect(await writtenBy(taken(MSP.bank, 'founding', 'channel')(scene))).toEqual(await writtenBy(scene));
  expect(await codeOf(registered('businessDate', undefined)(scene))).toBe('taken');
  expect(await codeOf(as({ mspId: MSP.supplier })(scene))).toBe('taken');
});
