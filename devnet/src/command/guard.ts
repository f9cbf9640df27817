// Ends a process group when this process is gone, however it went: the shell that does it learns that by the end of its input.
import { spawn } from 'node:child_process';

// A line of input says that the group has ended by itself. At the end of input: TERM, up to 3 s for a clean stop, then KILL.
const SCRIPT = `
if read -r _; then exit 0; fi
kill -TERM "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  sleep 0.1
  kill -0 "-$1" 2>/dev/null || exit 0
done
kill -KILL "-$1"
`;

/** Guards a process group. Call what it answers when the group has ended: its number may then be given to a stranger. */
export function guardGroup(group: number): () => void {
  // In a group of its own: Ctrl-C reaches the whole foreground group, and this one must stay.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', String(group)], {
    ...{ detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] },
  });
  shell.on('error', (cause) => {
    process.stderr.write(
      `tenor-devnet: nobody guards the chaincodes, which stay when this is killed: ${cause.message}\n`,
    );
  });
  shell.stdin.on('error', () => undefined); // it has ended by itself: nothing to guard any more
  shell.unref();
  return () => {
    shell.stdin.end('\n');
  };
}
