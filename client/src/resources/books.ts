/** Reading one's own book: records of one kind, one by one, by page, or all. */
import type { BookKind } from '../../../chaincode/src/protocol/records.js';
import type { Page, View } from '../../../chaincode/src/protocol/results.js';
import type { Sender } from '../sender.js';

/** Reads of one kind of record in the caller's own book. */
export interface Reader<Kind extends BookKind> {
  /** One record. @throws TenorError NOT_FOUND, ID_MALFORMED */
  get(id: string): Promise<View<Kind>>;
  /** One page, by id; `bookmark` is where the last one ended. */
  list(options?: { readonly bookmark?: string; readonly limit?: number }): Promise<Page<Kind>>;
  /** All records, page by page. */
  all(): AsyncGenerator<View<Kind>>;
}

/** Reader of a kind. */
export function readerOf<Kind extends BookKind>(sender: Sender, kind: Kind): Reader<Kind> {
  const list: Reader<Kind>['list'] = (options = {}) =>
    sender.evaluate<Page<Kind>>('certificate:list', { kind, ...options });
  return {
    get: (id) => sender.evaluate<View<Kind>>('certificate:get', { kind, id }),
    list,
    async *all() {
      let bookmark: string | undefined;
      do {
        const page: Page<Kind> = await list(bookmark === undefined ? {} : { bookmark });
        yield* page.items;
        bookmark = page.bookmark;
      } while (bookmark !== undefined);
    },
  };
}
