// Under which terms a chaincode is defined, as the command line says it.
import { readFile } from 'node:fs/promises';
import { collectionsFromJson } from '../collectionsFile.js';
import { signaturePolicyFromText } from '../identity/policyLanguage.js';
import { messageOf } from '../messageOf.js';
import type { ChaincodeDefinitionOptions } from '../options.js';
import { UsageError, type ChaincodeTerms } from './arguments.js';

/** Policies and collections as a definition takes them. @throws UsageError when one of them cannot be read */
export async function readTerms({
  signaturePolicy,
  collectionsFile,
  init,
}: ChaincodeTerms): Promise<Omit<ChaincodeDefinitionOptions, 'name'>> {
  return {
    ...(signaturePolicy === undefined ? {} : { endorsementPolicy: readPolicy(signaturePolicy) }),
    ...(collectionsFile === undefined ? {} : { collections: await readCollectionsFile(collectionsFile) }),
    initRequired: init !== undefined,
  };
}

function readPolicy(text: string): Uint8Array {
  try {
    return signaturePolicyFromText(text);
  } catch (cause) {
    throw new UsageError(`--signature-policy ${text}: ${messageOf(cause)}`, { cause });
  }
}

async function readCollectionsFile(path: string): Promise<Uint8Array> {
  try {
    return collectionsFromJson(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(`--collections-config ${path}: ${messageOf(cause)}`, { cause });
  }
}
