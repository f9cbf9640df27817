/** Reading one's own book: records of one kind, one by one, by page, or all. */
import { TenorError } from '../../../chaincode/src/protocol/errors.js';
import type { BookKind } from '../../../chaincode/src/protocol/records.js';
import type { Page, Row, View } from '../../../chaincode/src/protocol/results.js';
import type { Sender } from '../sender.js';

/** Reads of one kind of record in the caller's own book. */
export interface Reader<Kind extends BookKind> {
  /** One record. @throws TenorError NOT_FOUND; OPENING_MALFORMED where what stands under that id is no record of the kind */
  get(id: string): Promise<View<Kind>>;
  /** One page, by id; `bookmark` is where the last one ended. */
  list(options?: { readonly bookmark?: string; readonly limit?: number }): Promise<Page<Kind>>;
  /** All rows, page by page. A row whose bytes are no record has a `reason` and no `record`. */
  all(): AsyncGenerator<Row<Kind>>;
}

/** Whether a row is a record, and no bytes that are none. */
export const isReadable = <Kind extends BookKind>(row: Row<Kind>): row is View<Kind> => row.record !== undefined;

/** Reader of a kind. */
export function readerOf<Kind extends BookKind>(sender: Sender, kind: Kind): Reader<Kind> {
  const list: Reader<Kind>['list'] = (options = {}) =>
    sender.evaluate<Page<Kind>>('certificate:list', { kind, ...options });
  return {
    get: async (id) => {
      const row = await sender.evaluate<Row<Kind>>('certificate:get', { kind, id });
      if (!isReadable(row)) throw new TenorError('OPENING_MALFORMED', { kind, id });
      return row;
    },
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
