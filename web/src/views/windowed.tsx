/** A long list of which only the rows near the view are in the document. All rows are equally high. */

import type { ComponentChildren, HTMLAttributes, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/** In pixels, where the list names no other; where a reader's own settings make rows higher, all get the height of the highest. */
const HEIGHT = 88;
/** So many rows are drawn above and below the view, for scrolling into. */
const SPARE = 6;
/** So many rows before the last the next page is asked for. */
const AHEAD = 15;

export interface Span {
  from: number;
  to: number;
}

/** The rows to draw, from the first in view and how many are; and those which must stay, wherever they are. */
export function drawn({ from, to }: Span, many: number, kept: readonly number[]): number[] {
  const [start, end] = [Math.max(0, Math.min(from, many) - SPARE), Math.min(many, to + SPARE)];
  const near = Array.from({ length: Math.max(0, end - start) }, (_, at) => start + at);
  return [...new Set([...near, ...kept.filter((at) => at >= 0 && at < many)])].sort((one, other) => one - other);
}

/** Where a key leads from a row, or null for a key that is none of a list's. `page` is how many rows are in view. */
export function target(key: string, at: number, many: number, page: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: page,
    PageUp: -page,
    Home: -many,
    End: many,
  };
  const by = steps[key];
  return by === undefined ? null : Math.max(0, Math.min(many - 1, at + by));
}

/** By how many rows most of what was in view has moved. */
export function moved(before: readonly string[], after: readonly string[], { from, to }: Span): number {
  const shifts = before.slice(from, to).flatMap((id, index) => {
    const at = after.indexOf(id);
    return at === -1 ? [] : [at - from - index];
  });
  return shifts.sort((one, other) => one - other)[shifts.length >> 1] ?? 0;
}

let seek: ((id: string) => void) | null = null;

/** The focus goes to a row, wherever in the list it is: drawn first, if it must be. */
export const focusRow = (id: string): void => seek?.(id);

interface WindowedProps {
  ids: readonly string[];
  draw: (id: string) => ComponentChildren;
  /** What the next page is asked for by; null after the last. */
  next: string | null;
  onNear: () => void;
  /** A key leads from one row to another. */
  onMove: (from: string, to: string, isExtending: boolean) => void;
  /** For the box that scrolls. */
  listeners: HTMLAttributes<HTMLDivElement>;
  /** Of a row, where it is another than the inbox's. */
  height?: number;
  /** After the last row. */
  children?: ComponentChildren;
}

const idOf = (target: EventTarget | null) =>
  target instanceof Element ? target.closest<HTMLElement>("[data-id]")?.dataset.id : undefined;

export function Windowed(props: WindowedProps) {
  const { ids, draw, next, onNear, onMove, listeners, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const { height, view, look } = useView(box, ids, props.height ?? HEIGHT);
  const focus = useFocus(box);
  const isNear = view.to > ids.length - AHEAD;
  useEffect(() => {
    if (next !== null && isNear) onNear();
  }, [next, isNear, ids.length]);
  const press = (event: KeyboardEvent) => {
    const at = ids.indexOf(idOf(event.target) ?? "");
    const held = event.altKey || event.ctrlKey || event.metaKey;
    const to = at === -1 || held ? null : target(event.key, at, ids.length, Math.max(1, view.to - view.from - 2));
    if (to === null) return;
    event.preventDefault();
    onMove(ids[at] as string, ids[to] as string, event.shiftKey);
  };
  const rows = drawn(
    view,
    ids.length,
    focus.kept.map((id) => ids.indexOf(id)),
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows inside and only bubble to here.
    <div ref={box} class="rows" onScroll={look} onKeyDown={press} {...listeners}>
      <ul style={{ blockSize: `${ids.length * height}px` }} onFocusIn={(event) => focus.came(idOf(event.target))}>
        {rows.map((at) => (
          <li
            key={ids[at]}
            data-id={ids[at]}
            aria-posinset={at + 1}
            aria-setsize={next === null ? ids.length : -1}
            style={{ insetBlockStart: `${at * height}px` }}
          >
            {draw(ids[at] as string)}
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}

/** Which rows are in view. What is in view stays there when rows come or go above it, except at the very top. */
function useView(box: RefObject<HTMLDivElement | null>, ids: readonly string[], least: number) {
  const [height, setHeight] = useState(least);
  const [view, setView] = useState<Span>({ from: 0, to: 12 });
  const before = useRef(ids);
  // As it was when it last moved. To ask the box while rows change would make the browser lay them out there and then.
  const place = useRef({ scrollTop: 0, clientHeight: 0 });
  const show = () => {
    const { scrollTop, clientHeight } = place.current;
    const [from, to] = [Math.floor(scrollTop / height), Math.ceil((scrollTop + clientHeight) / height)];
    setView((known) => (known.from === from && known.to === to ? known : { from, to }));
  };
  const look = () => {
    const { scrollTop, clientHeight } = box.current ?? { scrollTop: 0, clientHeight: 0 };
    place.current = { scrollTop, clientHeight };
    show();
  };
  useLayoutEffect(() => {
    const watcher = new ResizeObserver(look);
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [height]);
  useLayoutEffect(() => {
    const by = moved(before.current, ids, view);
    before.current = ids;
    if (box.current && by !== 0 && place.current.scrollTop > 0) {
      box.current.scrollTop = place.current.scrollTop + by * height;
      look();
    } else show();
  }, [ids]);
  // To ask the rows themselves would make the browser lay out the whole page once more with every drawing.
  useLayoutEffect(() => {
    const highest = (seen: ResizeObserverEntry[]) =>
      Math.max(...seen.map((each) => (each.target as HTMLElement).offsetHeight));
    const watcher = new ResizeObserver((seen) => setHeight((known) => Math.max(known, highest(seen))));
    for (const row of box.current?.querySelectorAll("[data-id]") ?? []) watcher.observe(row);
    return () => watcher.disconnect();
  }, [ids, view]);
  return { height, view, look };
}

/** The row that had the focus last, and the one that is to get it, stay in the document however far one scrolls. */
function useFocus(box: RefObject<HTMLDivElement | null>) {
  const [last, setLast] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    seek = setWanted;
    return () => {
      if (seek === setWanted) seek = null;
    };
  }, []);
  useLayoutEffect(() => {
    if (wanted === null) return;
    box.current?.querySelector<HTMLElement>(`[data-id="${wanted}"] a`)?.focus();
    setWanted(null);
  }, [wanted]);
  return { kept: [last, wanted].filter((id) => id !== null), came: (id = "") => setLast(id || null) };
}
