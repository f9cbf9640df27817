/** The compiler's own view of this project: what it says of a piece of code, and what an editor shows. */
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript-api';

const ROOT = resolve(__dirname, '../../..');
const CONFIG = join(ROOT, 'test/tsconfig.json');
/** The file that stands for code under question; it is nowhere on disk. */
const PROBE = join(ROOT, 'test/unit/types/probe.ts');

function optionsOf(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(CONFIG, (path) => ts.sys.readFile(path)) as { readonly config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(CONFIG));
  return { ...options, noUnusedLocals: false };
}

/** A language service in which the probe holds this text. */
export class Language {
  readonly #service: ts.LanguageService;
  #text = '';
  #version = 0;

  constructor() {
    const options = optionsOf();
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [PROBE],
      getScriptVersion: (path) => (path === PROBE ? String(this.#version) : '0'),
      getScriptSnapshot: (path) => {
        const text = path === PROBE ? this.#text : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => ROOT,
      getDefaultLibFileName: (compilerOptions) => ts.getDefaultLibFilePath(compilerOptions),
      fileExists: (path) => path === PROBE || ts.sys.fileExists(path),
      readFile: (path) => (path === PROBE ? this.#text : ts.sys.readFile(path)),
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
    });
  }

  /** What the compiler refuses, with the text of the line in which it does. */
  refused(text: string): readonly string[] {
    this.#show(text);
    const found = [...this.#service.getSyntacticDiagnostics(PROBE), ...this.#service.getSemanticDiagnostics(PROBE)];
    return found
      .map(({ start = 0 }) => text.slice(0, start).split('\n').length - 1)
      .map((line) => text.split('\n')[line]?.trim() ?? '');
  }

  /** What an editor shows of the last letters of each line. */
  hovers(lines: readonly string[]): ReadonlyMap<string, string> {
    const text = lines.join('\n');
    this.#show(text);
    let end = -1;
    return new Map(
      lines.map((line) => {
        end += line.length + 1;
        const info = this.#service.getQuickInfoAtPosition(PROBE, end - 1);
        return [line, ts.displayPartsToString(info?.documentation)];
      }),
    );
  }

  #show(text: string): void {
    this.#text = text;
    this.#version++;
  }
}
