/**
 * A shell that lives a moment longer than this process. It knows which process groups belong to this process, and ends them when its
 * input closes. So nothing is left behind, whether this process returns, is interrupted by Ctrl-C, or is killed.
 */
import { spawn, type ChildProcess } from 'node:child_process';

// Each line of input is the whole list. At the end of input: TERM, up to 3 s for a clean stop, then KILL.
const SCRIPT = `
while IFS= read -r line; do groups=$line; done
signal() { alive=; for group in $groups; do kill "$1" "-$group" 2>/dev/null && alive=1; done; [ -n "$alive" ]; }
signal -TERM || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  sleep 0.1
  signal -0 || exit 0
done
signal -KILL
`;

/** Ends process groups when this process is gone. */
export class Guardian {
  readonly #groups = new Set<number>();
  #shell: ChildProcess | undefined;

  /** Puts a process group under guard. */
  add(group: number): void {
    this.#groups.add(group);
    this.#tell();
  }

  /** Takes a process group that has ended off the list, since its number may be given to a stranger. */
  remove(group: number): void {
    this.#groups.delete(group);
    this.#tell();
  }

  #tell(): void {
    this.#shell ??= this.#start();
    this.#shell.stdin?.write(`${[...this.#groups].join(' ')}\n`);
    if (this.#groups.size > 0) return;
    this.#shell.stdin?.end();
    this.#shell = undefined;
  }

  #start(): ChildProcess {
    // In a group of its own: Ctrl-C reaches the whole foreground group, and this one must stay.
    const shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
    shell.on('error', (cause) => {
      process.emitWarning(`The guard of child processes did not start: ${cause.message}`);
    });
    // Written after the shell ended by itself: nothing to guard any more.
    shell.stdin.on('error', () => undefined);
    shell.unref();
    return shell;
  }
}
