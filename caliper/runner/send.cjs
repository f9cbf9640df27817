/** Workload module: sends the requests that our client prepared, each once, and notes the CPU time of the network meanwhile. */
'use strict';

const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { WorkloadModuleBase } = require('@hyperledger/caliper-core');

const TICK_MS = 10;

/** CPU milliseconds that a process has used; fields 14 and 15 of its stat, counted after the command name. */
function cpuMsOf(pid) {
  const path = `/proc/${String(pid)}/stat`;
  if (!existsSync(path)) return 0;
  const stat = readFileSync(path, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

class Send extends WorkloadModuleBase {
  async initializeWorkloadModule(...round) {
    await super.initializeWorkloadModule(...round);
    const { requests, pids } = this.roundArguments;
    this.requests = JSON.parse(readFileSync(requests, 'utf8')).map(({ transient, ...request }) => ({
      ...request,
      transientMap: Object.fromEntries(
        Object.entries(transient).map(([field, value]) => [field, Buffer.from(value, 'base64')]),
      ),
    }));
    this.cpu = () => [...pids, process.pid].map(cpuMsOf);
  }

  async submitTransaction() {
    this.before ??= this.cpu();
    const request = this.requests.pop();
    if (request === undefined) throw new Error('more transactions were asked for than were prepared');
    await this.sutAdapter.sendRequests(request);
  }

  async cleanupWorkloadModule() {
    const used = this.cpu().map((ms, index) => ms - this.before[index]);
    const [clientMs, networkMs] = [used.pop(), used.reduce((sum, ms) => sum + ms, 0)];
    writeFileSync(this.roundArguments.cpu, JSON.stringify({ clientMs, networkMs }));
  }
}

module.exports.createWorkloadModule = () => new Send();
