/** Steps of the probe chaincode (chaincode/probe.cjs). Values are text; without `collection` a step means the public state. */

interface Where {
  /** MSP ids of the organisations whose peers do it. Left out: all. */
  readonly on?: readonly string[];
  /** What the step throws becomes its result: `{ error }`. */
  readonly caught?: boolean;
}

interface Keyed {
  readonly key: string;
  readonly collection?: string;
}

interface Range {
  readonly start: string;
  readonly end: string;
}

type Kinds =
  | ({ readonly do: 'get' | 'del' | 'getPolicy' } & Keyed)
  | { readonly do: 'length'; readonly key: string }
  | ({ readonly do: 'put'; readonly value?: string } & Keyed)
  | { readonly do: 'fill'; readonly prefix: string; readonly count: number; readonly value?: string }
  | { readonly do: 'big'; readonly key: string; readonly size: number }
  | ({ readonly do: 'purge' | 'hash' } & Required<Keyed>)
  | ({ readonly do: 'putTransient'; readonly field: string } & Required<Keyed>)
  /** `policy` in base64. */
  | ({ readonly do: 'policy'; readonly policy: string } & Keyed)
  | ({ readonly do: 'range'; readonly collection?: string; readonly take?: number } & Range)
  | ({ readonly do: 'page'; readonly size: number; readonly bookmark?: string } & Range)
  | { readonly do: 'putComposite' | 'partial'; readonly type: string; readonly attributes: readonly string[] }
  | { readonly do: 'query'; readonly selector: string }
  | { readonly do: 'history'; readonly key: string }
  | {
      readonly do: 'call';
      readonly chaincode: string;
      readonly channel?: string;
      readonly steps: readonly Step[];
    }
  /** A message of the stream that the shim has no call for; `payload` in base64. */
  | { readonly do: 'ask'; readonly type: number; readonly payload: string }
  | { readonly do: 'event'; readonly name: string; readonly value?: string }
  | { readonly do: 'respond'; readonly status?: number; readonly message?: string }
  | { readonly do: 'fail'; readonly message: string }
  | { readonly do: 'sleep'; readonly milliseconds: number }
  | { readonly do: 'all'; readonly steps: readonly Step[] }
  | {
      readonly do:
        | 'offered'
        | 'exit'
        | 'mspId'
        | 'transient'
        | 'timestamp'
        | 'creator'
        | 'txId'
        | 'channel'
        | 'args'
        | 'binding';
    };

export type Step = Kinds & Where;
