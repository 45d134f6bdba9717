/** A list that comes page by page, the newest first. */

import { useEffect, useState } from "preact/hooks";

export interface Paged<Row> {
  rows: readonly Row[];
  /** Asks for the page after it; null at the end. */
  next: string | null;
}

export interface Pages<Row> {
  /** All that came so far; null until the first page is there. */
  found: Paged<Row> | null;
  /** Begin again with the first page. */
  again: () => void;
  more: () => void;
}

export function usePages<Row>(page: (before: string | null) => Promise<Paged<Row>>): Pages<Row> {
  const [found, setFound] = useState<Paged<Row> | null>(null);
  const load = async (before: string | null, already: readonly Row[]) => {
    const { rows, next } = await page(before);
    setFound({ rows: [...already, ...rows], next });
  };
  const again = () => void load(null, []);
  useEffect(again, []);
  return { found, again, more: () => found && void load(found.next, found.rows) };
}

export function Earlier<Row>({ pages: { found, more } }: { pages: Pages<Row> }) {
  if (!found?.next) return null;
  return (
    <button type="button" onClick={more}>
      Earlier ones
    </button>
  );
}
