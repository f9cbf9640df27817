/**
 * Type check and lint of everything in one TypeScript program: chaincode, client, network, devnet, bench, examples and tests.
 * To build the program is most of the work of either, so it is built once.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import ts from 'typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const host = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => '\n',
};

/** The program of tsconfig.lint.json, and what is wrong with that file or with the types. */
function check() {
  const path = join(ROOT, 'tsconfig.lint.json');
  const unreadable = [];
  const config = ts.getParsedCommandLineOfConfigFile(path, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => unreadable.push(diagnostic),
  });
  if (config === undefined) return { diagnostics: unreadable };
  const program = ts.createProgram({ rootNames: config.fileNames, options: config.options });
  return { program, diagnostics: [...config.errors, ...ts.getPreEmitDiagnostics(program)] };
}

/** What ESLint finds, as it prints it; warnings count. */
async function lint(program) {
  const eslint = new ESLint({
    cwd: ROOT,
    overrideConfig: { languageOptions: { parserOptions: { project: null, programs: [program] } } },
  });
  const results = await eslint.lintFiles(['.']);
  const formatter = await eslint.loadFormatter('stylish');
  return formatter.format(results);
}

const { program, diagnostics } = check();
const found = [ts.formatDiagnostics(diagnostics, host), program === undefined ? '' : await lint(program)].join('');
process.stdout.write(found);
process.exitCode = found === '' ? 0 : 1;
