/** Reads the caller's own book: records of one kind, one by one, by page, or all. */
import { LIMITS } from '../../../chaincode/src/protocol/limits.js';
import type { BookKind } from '../../../chaincode/src/protocol/records/index.js';
import type { Page, Row, View } from '../../../chaincode/src/protocol/results.js';
import type { Sender } from '../sender.js';

/** Which records are asked for. */
export interface Asked {
  /** Only the records of these certificates, of which there may be fifty, and those that name one of them. */
  readonly certificateIds?: readonly string[];
}

/** Reads of one kind of record in the caller's own book. */
export interface Reader<Kind extends BookKind> {
  /** One record. `register` is the MSP id of its register, needed if the id does not name it. @throws TenorError NOT_FOUND, RECORD_UNREADABLE */
  get(id: string, register?: string): Promise<View<Kind>>;
  /** One page, in the order of the ids. `bookmark` is where the last page ended. */
  list(options?: { readonly bookmark?: string; readonly limit?: number } & Asked): Promise<Page<Kind>>;
  /** All records, page by page. */
  all(asked?: Asked): AsyncGenerator<Row<Kind>>;
}

/** Reader of a kind. */
export function readerOf<Kind extends BookKind>(sender: Sender, kind: Kind): Reader<Kind> {
  const list: Reader<Kind>['list'] = (options = {}) => sender.evaluate<Page<Kind>>('book:list', { kind, ...options });
  return {
    get: (id, register) =>
      sender.evaluate<View<Kind>>('book:get', register === undefined ? { kind, id } : { kind, id, register }),
    list,
    async *all(asked = {}) {
      let bookmark: string | undefined;
      do {
        const page: Page<Kind> = await list({
          limit: LIMITS.pageRowsMax,
          ...asked,
          ...(bookmark === undefined ? {} : { bookmark }),
        });
        yield* page.items;
        bookmark = page.bookmark;
      } while (bookmark !== undefined);
    },
  };
}
