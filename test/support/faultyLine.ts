/** A line to the gateway that loses requests and answers, or gives others, on command: the calls of one client, one by one. */
import { Metadata, status, type CallOptions, type Client, type ServiceError } from '@grpc/grpc-js';

/** A call of the gateway. */
export type GatewayCall = 'Evaluate' | 'Endorse' | 'Submit' | 'CommitStatus';

/** What becomes of one call. */
export type Fault =
  | 'pass'
  /** It never arrives. */
  | 'lose request'
  /** It arrives and is done; its answer is lost. */
  | 'lose answer'
  /** It never arrives; the caller is told this. */
  | { readonly code: status; readonly message: string }
  /** It never arrives; the caller is answered this. */
  | { readonly answer: object };

type Callback = (error: ServiceError | null, value?: unknown) => void;
type MakeUnaryRequest = (
  method: string,
  serialize: unknown,
  deserialize: unknown,
  request: unknown,
  options: CallOptions,
  callback: Callback,
) => unknown;

const LOST = { code: status.UNAVAILABLE, message: 'Connection dropped' };

const serviceError = ({ code, message }: { readonly code: status; readonly message: string }): ServiceError =>
  Object.assign(new Error(`${String(code)} ${status[code]}: ${message}`), {
    code,
    details: message,
    metadata: new Metadata(),
  });

/** One line. */
export class FaultyLine {
  /** To be given to a client as its own. */
  readonly client: Client;
  readonly #faults = new Map<GatewayCall, Fault[]>();
  readonly #made: { readonly call: GatewayCall; readonly withinMs: number }[] = [];

  constructor(client: Client) {
    const makeUnaryRequest: MakeUnaryRequest = (method, serialize, deserialize, request, options, callback) => {
      const call = method.split('/').at(-1) as GatewayCall;
      this.#made.push({ call, withinMs: Number(options.deadline) - Date.now() });
      const pass = (then: Callback): unknown =>
        (client.makeUnaryRequest as unknown as MakeUnaryRequest).call(
          client,
          method,
          serialize,
          deserialize,
          request,
          options,
          then,
        );
      return this.#meet(this.#faults.get(call)?.shift() ?? 'pass', pass, callback);
    };
    this.client = new Proxy(client, {
      get: (target, name) =>
        name === 'makeUnaryRequest' ? makeUnaryRequest : (Reflect.get(target, name, target) as unknown),
    });
  }

  /** What becomes of the next calls of a kind, in order; those after them pass. */
  next(call: GatewayCall, ...faults: readonly Fault[]): void {
    this.#faults.set(call, [...faults]);
  }

  /** How many calls of a kind were made. */
  count(call: GatewayCall): number {
    return this.#made.filter((each) => each.call === call).length;
  }

  /** How long the latest call of a kind was given, in milliseconds. */
  withinMs(call: GatewayCall): number | undefined {
    return this.#made.filter((each) => each.call === call).at(-1)?.withinMs;
  }

  /** Forgets what was made and what was to come. */
  reset(): void {
    this.#made.length = 0;
    this.#faults.clear();
  }

  #meet(fault: Fault, pass: (then: Callback) => unknown, callback: Callback): unknown {
    if (fault === 'pass') return pass(callback);
    if (fault === 'lose answer') {
      return pass(() => {
        callback(serviceError(LOST));
      });
    }
    queueMicrotask(() => {
      if (fault === 'lose request') callback(serviceError(LOST));
      else if ('answer' in fault) callback(null, fault.answer);
      else callback(serviceError(fault));
    });
    return { cancel: () => undefined };
  }
}
