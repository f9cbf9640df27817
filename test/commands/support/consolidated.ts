/** For every command that takes a free slice: one that became part of another one is of no use, although its own record says that it is free. */
import { expect, it } from '@jest/globals';
import { changed, CONSOLIDATION, idOf, MSP, NEIGHBOUR, SLICE } from './facts.js';
import { codeOf, outcomeOf, taken, type Change, type Scene } from './scene.js';

const showing =
  ({ kind, id, record }: typeof CONSOLIDATION): Change =>
  (scene) => ({ ...scene, shown: [...scene.shown, { kind, id, record }] });

/** On a scene that is taken. */
export function takesNoPartOfAnother(scene: Scene): void {
  it('takes no slice that became part of another one', async () => {
    const said = expect.objectContaining({ state: 'SPENT', sliceId: SLICE.id });
    expect(await outcomeOf(showing(CONSOLIDATION)(scene))).toEqual({ refused: 'STATE', data: said });
  });

  it('takes a slice that did not, whatever became of others of the same holder', async () => {
    const others = [{ id: idOf('bank', 'bank', 'whole'), sliceIds: [idOf('bank', 'supplier', 'slice', 77)] }];
    expect(await codeOf(showing(changed(CONSOLIDATION, { wholes: others }))(scene))).toBe('taken');
  });

  it('takes nobody at its word who shows what became of slices of another certificate', async () => {
    const other = changed(CONSOLIDATION, { certificateId: idOf('bank', 'issuer', 'certificate', 77) });
    expect(await codeOf(showing(other)(scene))).toBe('OPENING_MISMATCH');
  });

  it('takes nobody at its word who shows what became of slices of another holder', async () => {
    expect(await codeOf(showing(changed(CONSOLIDATION, { holder: NEIGHBOUR }))(scene))).toBe('OPENING_MISMATCH');
  });

  it('has to be shown what became of slices, also on a date that was set back', async () => {
    const standing = taken(MSP.bank, 'consolidation', CONSOLIDATION.id);
    expect(await codeOf(standing(scene))).toBe('OPENING_MISSING');
  });
}
