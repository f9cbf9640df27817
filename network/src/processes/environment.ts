/** The few variables that child processes inherit. */
const INHERITED = ['PATH', 'HOME'] as const;

/** PATH and HOME of this process. */
export const baseEnvironment = (): Readonly<Record<string, string>> =>
  Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
