/** One round of prepared calls under Hyperledger Caliper: its configuration as files, its manager as a process, its report as data. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RunningNetwork } from '@tenor/network';
import { noOps, RAW, TOPOLOGY, type Ready } from '@tenor/bench';

const FOLDER = resolve(__dirname, '../runner');
const USER = 'Checker';
/** Calls that do nothing, sent first: a new process is compiled while it works. */
const WARM_UP = 200;

/** Calls that one checker sends. */
export interface Prepared {
  readonly chaincode: string;
  /** MSP id of the checker's organisation. */
  readonly mspId: string;
  readonly calls: readonly Ready[];
}

/** What Caliper reports of a round, and the CPU time of one call. */
export interface CaliperRound {
  readonly succeeded: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly networkCpuMs: number;
  readonly clientCpuMs: number;
}

interface Setting {
  readonly network: RunningNetwork;
  /** Processes of the network. */
  readonly pids: readonly number[];
  readonly inFlight: number;
}

/** A folder of a peer or user that holds one file. */
async function onlyFile(folder: string): Promise<{ path: string }> {
  const [name = ''] = await readdir(folder);
  return { path: join(folder, name) };
}

/** Caliper's network configuration: every organisation with its checker and the connection profile that the network wrote. */
async function networkConfig({ network }: Setting, workspace: string): Promise<object> {
  const organizations = TOPOLOGY.organizations.map(async ({ name }) => {
    const { mspId, mspPath, endpoint, hostAlias, tlsRootCertPath, channel } = network.connectionFor(name, USER);
    const profile = {
      ...{
        name,
        version: '1.0.0',
        client: { organization: mspId },
        channels: { [channel]: { peers: { [hostAlias]: {} } } },
      },
      organizations: { [mspId]: { mspid: mspId, peers: [hostAlias] } },
      peers: {
        [hostAlias]: {
          ...{ url: `grpcs://${endpoint}`, tlsCACerts: { path: tlsRootCertPath } },
          grpcOptions: { 'ssl-target-name-override': hostAlias },
        },
      },
    };
    const path = join(workspace, `${name}.json`);
    await writeFile(path, JSON.stringify(profile));
    const [clientPrivateKey, clientSignedCert] = [
      await onlyFile(join(mspPath, 'keystore')),
      await onlyFile(join(mspPath, 'signcerts')),
    ];
    const certificates = [{ name: USER, clientPrivateKey, clientSignedCert }];
    return { mspid: mspId, identities: { certificates }, connectionProfile: { path, discover: false } };
  });
  return {
    ...{ name: TOPOLOGY.name, version: '2.0.0', caliper: { blockchain: 'fabric' } },
    channels: [{ channelName: TOPOLOGY.channel, contracts: [{ id: 'tenor' }, { id: RAW }] }],
    organizations: await Promise.all(organizations),
  };
}

function roundOf({ pids, inFlight }: Setting, workspace: string, label: string, txNumber: number): object {
  const place = (kind: string): string => join(workspace, `${label}-${kind}.json`);
  return {
    ...{ label, txNumber },
    rateControl: { type: join(FOLDER, 'inFlight.cjs'), opts: { transactionLoad: inFlight } },
    workload: {
      module: join(FOLDER, 'send.cjs'),
      arguments: { requests: place('requests'), cpu: place('cpu'), pids },
    },
  };
}

function requestsOf({ chaincode, mspId, calls }: Prepared): object[] {
  return calls.map(({ name, argument, transient, endorsers }) => ({
    ...{ contractId: chaincode, contractFunction: name, contractArguments: [argument] },
    ...{ invokerMspId: mspId, invokerIdentity: USER, endorsingOrganizations: endorsers },
    transient: Object.fromEntries(
      Object.entries(transient).map(([field, value]) => [field, Buffer.from(value).toString('base64')]),
    ),
  }));
}

/** As the calls that are measured, in who sends and endorses them. */
function warmUpOf({ mspId, calls }: Prepared): Prepared {
  const [first] = calls;
  if (first === undefined) throw new Error('nothing was made to send');
  return { chaincode: RAW, mspId, calls: noOps(first.contract, first.endorsers, WARM_UP) };
}

async function launch(workspace: string): Promise<void> {
  const log = createWriteStream(join(workspace, 'output.log'));
  const child = spawn(process.execPath, [join(FOLDER, 'launch.cjs'), 'launch', 'manager'], {
    cwd: workspace,
    env: {
      ...process.env,
      CALIPER_WORKSPACE: workspace,
      CALIPER_NETWORKCONFIG: 'network.json',
      CALIPER_BENCHCONFIG: 'bench.json',
      RESULTS: join(workspace, 'results.json'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const [code] = (await once(child, 'close')) as [number | null];
  log.end();
  await once(log, 'close');
  if (code === 0) return;
  const said = await readFile(join(workspace, 'output.log'), 'utf8');
  throw new Error(`Caliper ended with ${String(code)}:\n${said.split('\n').slice(-20).join('\n')}`);
}

/** Runs one round. @throws Error when Caliper does not report it, with the end of what it said */
export async function caliperRound(setting: Setting, prepared: Prepared): Promise<CaliperRound> {
  const warmUp = warmUpOf(prepared);
  const workspace = await mkdtemp(join(tmpdir(), 'tenor-caliper-'));
  try {
    const rounds = [
      roundOf(setting, workspace, 'warm-up', warmUp.calls.length),
      roundOf(setting, workspace, 'measured', prepared.calls.length),
    ];
    const files = {
      'network.json': await networkConfig(setting, workspace),
      'bench.json': { test: { name: 'tenor', workers: { number: 1 }, rounds } },
      'warm-up-requests.json': requestsOf(warmUp),
      'measured-requests.json': requestsOf(prepared),
    };
    for (const [name, content] of Object.entries(files))
      await writeFile(join(workspace, name), JSON.stringify(content));
    await launch(workspace);
    const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(workspace, name), 'utf8'));
    const reported = ((await read('results.json')) as Record<string, string | number>[]).at(-1);
    const { clientMs, networkMs } = (await read('measured-cpu.json')) as { clientMs: number; networkMs: number };
    const succeeded = Number(reported?.['Succ'] ?? 0);
    const calls = Math.max(1, prepared.calls.length);
    return {
      ...{ succeeded, failed: Number(reported?.['Fail'] ?? 0), perSecond: Number(reported?.['Throughput (TPS)'] ?? 0) },
      ...{ networkCpuMs: networkMs / calls, clientCpuMs: clientMs / calls },
    };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
