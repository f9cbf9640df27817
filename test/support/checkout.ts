/** A built checkout somewhere else: what runs, copied; what is installed, linked. */
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** Packages of this repository, where they lie, and their built files with the data they read. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  chaincode: ['package.json', 'dist'],
  client: ['package.json', 'dist'],
  network: ['package.json', 'dist'],
  devnet: ['package.json', 'dist'],
  examples: ['package.json', 'dist', 'ansteel-rio-tinto'],
};

/** Links from `node_modules` into the checkout itself. */
const WORKSPACES: Readonly<Record<string, string>> = {
  '@tenor/client': 'client',
  '@tenor/network': 'network',
  'tenor-devnet': 'devnet',
};

async function linkInstalled(target: string): Promise<void> {
  const modules = join(target, 'node_modules');
  await mkdir(join(modules, '@tenor'), { recursive: true });
  const names = (await readdir(join(ROOT, 'node_modules'))).filter(
    (name) => !['@tenor', 'tenor-devnet'].includes(name),
  );
  await Promise.all(names.map((name) => symlink(join(ROOT, 'node_modules', name), join(modules, name))));
  for (const [name, folder] of Object.entries(WORKSPACES)) await symlink(join(target, folder), join(modules, name));
  await symlink(join(ROOT, 'chaincode/node_modules'), join(target, 'chaincode/node_modules'));
}

/** Makes a checkout at `target`, which must not exist. */
export async function copyCheckout(target: string): Promise<void> {
  for (const [folder, names] of Object.entries(PACKAGES)) {
    await mkdir(join(target, folder), { recursive: true });
    for (const name of names) await cp(join(ROOT, folder, name), join(target, folder, name), { recursive: true });
  }
  await linkInstalled(target);
}
