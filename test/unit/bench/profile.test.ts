/** A V8 profile becomes shares of the time that was not idle. */
import { expect, it } from '@jest/globals';
import { summarize, type CpuProfile } from '../../../bench/src/profile.js';

const node = (id: number, functionName: string, url: string): CpuProfile['nodes'][number] => ({
  id,
  callFrame: { functionName, scriptId: '7', url, lineNumber: 1, columnNumber: 1 },
});

it('counts self time by package and function, idle time left out', () => {
  const nodes = [
    node(1, '(idle)', ''),
    node(2, 'parse', 'file:///x/node_modules/zod/v4/core.js'),
    node(3, 'queueMsg', 'file:///x/node_modules/fabric-shim/lib/handler.js'),
  ];
  const { byGroup, byFunction } = summarize([
    { nodes, startTime: 0, endTime: 1000, samples: [1, 2, 3, 2], timeDeltas: [900, 10, 20, 70] },
  ]);
  expect(byGroup).toEqual([
    { name: 'zod', share: 0.8 },
    { name: 'shim', share: 0.2 },
  ]);
  expect(byFunction[0]).toEqual({ name: 'zod: parse', share: 0.8 });
});
