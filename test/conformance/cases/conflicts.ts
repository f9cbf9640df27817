/** Cases of conflicts at commit: keys that changed since they were read, phantoms, public and private. */
import type { Context } from '../support/context.js';
import { outOf } from '../support/policy.js';
import type { Step } from '../support/step.js';
import type { Case } from '../support/suite.js';
import { get, inOneBlock, overtaken, put } from './blocks.js';

const ORG1 = Buffer.from(outOf(1, 'Org1MSP.peer')).toString('base64');

const scan = (t: Context, take?: number): Step => ({
  ...{ do: 'range', start: t.key('n'), end: t.key('o') },
  ...(take === undefined ? {} : { take }),
});
const fill = (t: Context, count: number): readonly Step[] => [{ do: 'fill', prefix: t.key('n'), count }];

export const CONFLICTS: readonly Case[] = [
  inOneBlock('84', 'Of two that read and write one key the second conflicts', (t) => [
    [get(t.key('k')), put(t.key('k'), '1')],
    [get(t.key('k')), put(t.key('k'), '2')],
  ]),
  inOneBlock('85', 'Blind writes do not conflict', (t) => [[put(t.key('k'), '1')], [put(t.key('k'), '2')]]),
  inOneBlock('84-invalid', 'What an invalid transaction wrote conflicts with nobody', (t) => [
    { chaincode: 'each', steps: [get(t.key('k')), put(t.key('k'))], targets: ['Org1MSP'] },
    { chaincode: 'each', steps: [get(t.key('k')), put(t.key('k'))], targets: ['Org1MSP', 'Org2MSP', 'Org3MSP'] },
  ]),
  overtaken(
    '84-later',
    'A key that changed since it was read is a conflict',
    (t) => [get(t.key('k')), put(t.key('o'))],
    (t) => [put(t.key('k'))],
  ),
  overtaken(
    '84-same',
    'A key that was written with the same value is a conflict',
    (t) => [get(t.key('k')), put(t.key('o'))],
    (t) => [put(t.key('k'), 'v')],
    (t) => [put(t.key('k'), 'v')],
  ),
  overtaken(
    '84-metadata',
    'A key whose policy was set since it was read is a conflict',
    (t) => [get(t.key('k')), put(t.key('o'))],
    (t) => [{ do: 'policy', key: t.key('k'), policy: ORG1 }],
    (t) => [put(t.key('k'))],
  ),
  overtaken(
    '84-absent',
    'A key that was deleted where it was absent is no conflict',
    (t) => [get(t.key('k')), put(t.key('o'))],
    (t) => [{ do: 'del', key: t.key('k') }],
  ),
  inOneBlock(
    '86',
    'A key that is inserted into a scanned range is a phantom',
    (t) => [[put(t.key('n9'))], [scan(t), put(t.key('k'))]],
    (t) => fill(t, 3),
  ),
  overtaken(
    '86-later',
    'A key that was inserted since the scan is a phantom',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [put(t.key('n9'))],
    (t) => fill(t, 3),
  ),
  overtaken(
    '86-delete',
    'A key that was deleted since the scan is a phantom',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [{ do: 'del', key: t.key('n002') }],
    (t) => fill(t, 3),
  ),
  overtaken(
    '86-update',
    'A key that was written since the scan is a phantom',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [put(t.key('n002'), 'v')],
    (t) => fill(t, 3),
  ),
  overtaken(
    '86-empty',
    'A key that was inserted into an empty range is a phantom',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [put(t.key('n1'))],
  ),
  overtaken(
    '86-outside',
    'The end of a range is not in it',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [put(t.key('o'))],
    (t) => fill(t, 3),
  ),
  overtaken(
    '86-hashes',
    'A key that was inserted into a long range is a phantom',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [put(t.key('n0755'))],
    (t) => fill(t, 120),
  ),
  overtaken(
    '86-hashes-same',
    'A long range that nobody touched is none',
    (t) => [scan(t), put(t.key('k'))],
    (t) => [put(t.key('p'))],
    (t) => fill(t, 120),
  ),
  overtaken(
    '87',
    'A key that is inserted among the rows that were read ahead is a phantom',
    (t) => [scan(t, 1), put(t.key('k'))],
    (t) => [put(t.key('n0505'))],
    (t) => fill(t, 150),
  ),
  overtaken(
    '87-beyond',
    'A key that is inserted beyond the rows that were read ahead is none',
    (t) => [scan(t, 1), put(t.key('k'))],
    (t) => [put(t.key('n1205'))],
    (t) => fill(t, 150),
  ),
  overtaken(
    '87-edge',
    'A key that is inserted right before the last row read ahead is a phantom',
    (t) => [scan(t, 1), put(t.key('k'))],
    (t) => [put(t.key('n1005'))],
    (t) => fill(t, 150),
  ),
  overtaken(
    '87-after',
    'A key that is inserted right after the last row read ahead is none',
    (t) => [scan(t, 1), put(t.key('k'))],
    (t) => [put(t.key('n1015'))],
    (t) => fill(t, 150),
  ),
  inOneBlock(
    '88',
    'A read of what an earlier transaction deletes conflicts',
    (t) => [[{ do: 'del', key: t.key('k') }], [get(t.key('k')), put(t.key('o'))]],
    (t) => [put(t.key('k'))],
  ),
  inOneBlock(
    '88-absent',
    'A read of an absent key that an earlier transaction deletes conflicts as Fabric has it',
    (t) => [[{ do: 'del', key: t.key('k') }], [get(t.key('k')), put(t.key('o'))]],
  ),
  inOneBlock(
    '88-scan',
    'A scan of what an earlier transaction deletes is a phantom',
    (t) => [[{ do: 'del', key: t.key('n002') }], [scan(t), put(t.key('k'))]],
    (t) => fill(t, 3),
  ),
  inOneBlock(
    '88-policy',
    'A read of a key whose policy an earlier transaction sets conflicts',
    (t) => [[{ do: 'policy', key: t.key('k'), policy: ORG1 }], [get(t.key('k')), put(t.key('o'))]],
    (t) => [put(t.key('k'))],
  ),
  inOneBlock('89', 'A private read of what an earlier transaction writes conflicts', (t) => [
    [put(t.key('k'), '1', 'one')],
    [get(t.key('k'), 'one'), put(t.key('o'))],
  ]),
  overtaken(
    '89-later',
    'A private key that changed since it was read is a conflict',
    (t) => [get(t.key('k'), 'one'), put(t.key('o'))],
    (t) => [put(t.key('k'), '1', 'one')],
  ),
  overtaken(
    '89-hash',
    'A private key that changed since its hash was read is a conflict',
    (t) => [{ do: 'hash', key: t.key('k'), collection: 'one' }, put(t.key('o'))],
    (t) => [put(t.key('k'), '1', 'one')],
  ),
  inOneBlock('89-blind', 'Blind private writes do not conflict', (t) => [
    [put(t.key('k'), '1', 'one')],
    [put(t.key('k'), '2', 'one')],
  ]),
  overtaken(
    '89-purge',
    'A private key that was purged since it was read is a conflict',
    (t) => [get(t.key('k'), 'one'), put(t.key('o'))],
    (t) => [{ do: 'purge', key: t.key('k'), collection: 'one' }],
    (t) => [put(t.key('k'), '1', 'one')],
  ),
];
