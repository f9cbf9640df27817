/** `network seed` on devnet: what it prints, what it leaves, and that it can be called again. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, fromPaths, type ConnectionPaths, type Tenor } from '@tenor/client';
import { run, type Ended } from '../support/processes.js';

const ROOT = resolve(__dirname, '../..');
const SEED = join(ROOT, 'examples/dist/ansteel-rio-tinto/seed.js');
const MINUTES = 60_000;

let work: string;

const network = (...args: string[]): Promise<Ended> =>
  run(process.execPath, [join(ROOT, 'network/dist/cli.js'), ...args], { cwd: work });
const seed = (...args: string[]): Promise<Ended> => run(process.execPath, [SEED, ...args], { cwd: work });

/** A client of a user of connections.json. */
async function clientOf(path: string, organization: string, user: string): Promise<Tenor> {
  const { organizations } = JSON.parse(await readFile(path, 'utf8')) as {
    organizations: Record<string, { users: Record<string, ConnectionPaths> }>;
  };
  const paths = organizations[organization]?.users[user];
  if (paths === undefined) throw new Error(`no ${user} of ${organization}`);
  return connect({ connection: fromPaths(paths) });
}

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'tenor seed '));
});

afterAll(async () => {
  await network('down');
  await rm(work, { recursive: true, force: true });
});

describe('network seed', () => {
  it.each([
    ['an option that does not exist', ['--frobnicate'], /frobnicate[^]*npm run --silent network -- seed/],
    [
      'a topology that does not exist',
      ['--topology', 'nine-org'],
      /takes five-org, three-org, two-org, wide, not nine-org/,
    ],
  ])('answers %s with code 2', async (_what, args, message) => {
    expect(await seed(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('says how to start a network where none runs', async () => {
    expect(await seed()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/network -- up, then .*deploy/),
    });
  });

  it(
    'founds the registry, gives the shell a free slice, and another one when called again',
    async () => {
      expect(await network('up', '--topology', 'three-org')).toMatchObject({ code: 0 });
      expect(await network('deploy')).toMatchObject({ code: 0 });

      // A shell takes it as it is.
      const script =
        'eval "$("$0" "$1")" && printf "%s\\n" "$SLICE" "$CERTIFICATE" "$LINE" "$ISSUER" "$BANK" "$SUPPLIER"';
      const first = await run('/bin/sh', ['-c', script, process.execPath, SEED], { cwd: work });
      expect(first.code).toBe(0);
      const [slice = '', certificate = '', line = '', ...parties] = first.stdout.trimEnd().split('\n');
      expect(parties).toEqual(['DEMO00ANSTEELTRADE98', 'DEMO00ICBCBEIJING036', 'DEMO00RIOTINTOIRON56']);

      const again = await seed('--json');
      expect(again.code).toBe(0);
      const { free, connections, command } = JSON.parse(again.stdout) as {
        free: { sliceId: string; holder: string };
        connections: string;
        command: string;
      };
      expect(free).toMatchObject({ holder: 'supplier (rio-tinto)', currency: 'USD', amount: '50000.00' });

      const supplier = await clientOf(connections, 'supplier', 'Checker');
      for (const id of [slice, free.sliceId]) {
        expect(await supplier.book.slice.get(id)).toMatchObject({
          current: true,
          record: { state: 'FREE', amount: '5000000' },
        });
      }
      expect((await supplier.book.slice.get(slice)).record.certificateId).toBe(certificate);
      supplier.close();
      const issuer = await clientOf(connections, 'issuer', 'Maker');
      expect((await issuer.book.line.get(line)).record).toMatchObject({ limit: '5000000', utilised: '5000000' });
      issuer.close();

      const split = await run('/bin/sh', ['-c', command], { cwd: tmpdir() });
      expect(split).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/is refused: STATE/) });
    },
    3 * MINUTES,
  );

  it('refuses a network whose registry was founded with other parties', async () => {
    await network('down');
    expect(await network('up', '--topology', 'three-org')).toMatchObject({ code: 0 });
    expect(await network('deploy')).toMatchObject({ code: 0 });
    const env = await Promise.all(['issuer', 'bank'].map((name) => network('env', name, '--user', 'Admin', '--json')));
    const founders = ['IssuerMSP', 'BankMSP'];
    const admins = env.map(({ stdout }) => {
      const variables = JSON.parse(stdout) as Record<string, string>;
      return connect({
        connection: fromPaths({
          ...{ endpoint: variables['PEER_ENDPOINT'] ?? '', hostAlias: variables['PEER_HOST_ALIAS'] ?? '' },
          ...{ tlsRootCertPath: variables['TLS_CERT_PATH'] ?? '', mspId: variables['MSP_ID'] ?? '', channel: 'tenor' },
          mspPath: resolve(variables['CERT_DIRECTORY_PATH'] ?? '', '..'),
        }),
      });
    });
    for (const { registry } of admins) await registry.adopt({ founders });
    await admins[0]?.registry.bootstrap({ founders });
    admins.forEach((admin) => {
      admin.close();
    });
    expect(await seed()).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/was founded without ansteel .*down --clean/),
    });
  }, 120_000);
});
