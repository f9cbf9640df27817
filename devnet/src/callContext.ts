// What goes with a call: it is aborted when the caller's deadline has passed or the caller is gone.

export interface CallContext {
  readonly signal: AbortSignal;
}

/** The first of: the work's result, or undefined because the caller no longer waits. */
export async function unlessAborted<T>(work: Promise<T>, { signal }: CallContext): Promise<T | undefined> {
  if (signal.aborted) {
    return undefined;
  }
  let stop = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    stop = (): void => {
      resolve(undefined);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
