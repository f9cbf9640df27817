// The identities of the command line's network: found below a folder, or made there.
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createIdentities, type IdentityPlan } from '../identities/folders.js';
import { makeFolder, writable, writeFiles } from './write.js';

const FOLDERS = ['peerOrganizations', 'ordererOrganizations'] as const;

/**
 * Identities outlive the network, so that a wallet that was filled once stays right. They are made elsewhere first: a folder has all
 * of them or none. Rejects where only a part is there, which may be somebody's keys.
 */
export async function ensureIdentities(path: string, plan: IdentityPlan): Promise<void> {
  const found = FOLDERS.filter((name) => existsSync(join(path, name)));
  if (found.length === FOLDERS.length) {
    return;
  }
  if (found.length > 0) {
    throw new Error(
      `${path} has ${found.join()} alone: devnet needs ${FOLDERS.join(' and ')}, or neither of them, to make its own`,
    );
  }
  const made = join(path, `.new-${String(process.pid)}`);
  try {
    await writeFiles(await createIdentities(plan, made));
    await writable(async () => {
      await makeFolder(path);
      for (const name of FOLDERS) {
        await rename(join(made, name), join(path, name));
      }
    });
  } finally {
    await rm(made, { recursive: true, force: true }).catch(() => undefined); // what failed before says more
  }
}
