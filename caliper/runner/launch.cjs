/**
 * Starts Caliper as its command line does, `launch manager` and in the processes that it forks `launch worker`, with our
 * connector. The command line package itself is left out: it would bring Ethereum's client along. Settings come from the
 * environment (CALIPER_*). The manager writes what Caliper reports of each round to the file that RESULTS names.
 */
'use strict';

const { writeFileSync } = require('node:fs');
const { CaliperEngine, CaliperUtils, ConfigUtil, WorkerMessageHandler } = require('@hyperledger/caliper-core');
const Report = require('@hyperledger/caliper-core/lib/manager/report/report.js');
const Messengers = require('@hyperledger/caliper-core/lib/common/messengers/process/factory.js');
const { ConnectorFactory } = require('./connector.cjs');

const yaml = (key) => CaliperUtils.parseYaml(CaliperUtils.resolvePath(ConfigUtil.get(key)));

async function manager() {
  const results = [];
  const { getResultValues } = Report.prototype;
  Report.prototype.getResultValues = function (...given) {
    const values = getResultValues.apply(this, given);
    results.push(Object.fromEntries(values));
    return values;
  };
  const { BenchConfig, NetworkConfig } = ConfigUtil.keys;
  const code = await new CaliperEngine(yaml(BenchConfig), yaml(NetworkConfig), ConnectorFactory).run();
  writeFileSync(process.env.RESULTS, JSON.stringify(results));
  return code;
}

async function worker() {
  const messenger = Messengers.createWorkerMessenger({});
  const handler = new WorkerMessageHandler(messenger, ConnectorFactory);
  await messenger.initialize();
  await messenger.configureProcessInstances([process]);
  await handler.waitForExit();
  await messenger.dispose();
  return 0;
}

const role = { manager, worker }[process.argv[3]];
role().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
