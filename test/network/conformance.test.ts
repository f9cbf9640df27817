/**
 * Real Fabric still gives what was recorded, case by case. Where the whole record was made with the sources as they are, and with this
 * release of Fabric, running the cases again would show nothing that the record does not.
 */
import { expect, it } from '@jest/globals';
import { fabricDriver } from '@tenor/network';
import { CASES } from '../conformance/cases/index.js';
import { readExpected, recordedSources, VERSION } from '../conformance/support/expected.js';
import { describeConformance } from '../conformance/support/layer.js';
import { hashOfSources } from '../conformance/support/sources.js';

if (recordedSources() === hashOfSources()) {
  it(`Fabric ${VERSION} gave every recorded outcome with the sources as they are, and no case is without one`, () => {
    const recorded = readExpected();
    expect(CASES.filter(({ id }) => recorded[id] === undefined).map(({ id }) => id)).toEqual([]);
  });
} else {
  describeConformance(fabricDriver);
}
