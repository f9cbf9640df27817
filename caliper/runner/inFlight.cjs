/**
 * Rate controller: a closed loop that keeps so many calls in flight. Caliper's own, fixed-load, stops for the average latency
 * times the surplus whenever one call too many is out, and leaves the network idle meanwhile.
 */
'use strict';

const { setTimeout: sleep } = require('node:timers/promises');

module.exports.createRateController = (message, stats) => {
  const { transactionLoad } = message.getRateControlSpec().opts;
  return {
    async applyRateControl() {
      while (stats.getTotalSubmittedTx() - stats.getTotalFinishedTx() >= transactionLoad) await sleep(1);
    },
    async end() {},
  };
};
