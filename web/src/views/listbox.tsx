/** The list over a field. The focus stays in the field, which also has the keys (`completing.ts`). */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Completion } from "./completing.ts";

interface ListboxProps<T> {
  /** The field finds the list as `{name}s`, and each item as `{name}-{index}`. */
  name: string;
  label: string;
  list: Completion<T>;
  keyOf: (item: T) => string;
  isDisabled?: (item: T) => boolean;
  children: (item: T) => ComponentChildren;
}

export function Listbox<T>({ name, label, list, keyOf, isDisabled, children }: ListboxProps<T>) {
  const { items, at, choose } = list;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    box.current?.children[at]?.scrollIntoView?.({ block: "nearest" });
  }, [at]);
  if (items.length === 0) return null;
  return (
    <div ref={box} class="menu-list above names" id={`${name}s`} role="listbox" aria-label={label}>
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and has the keys.
        <div
          key={keyOf(item)}
          id={`${name}-${index}`}
          class="item"
          role="option"
          aria-selected={index === at}
          aria-disabled={isDisabled?.(item) || undefined}
          tabIndex={-1}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => choose(item)}
        >
          {children(item)}
        </div>
      ))}
    </div>
  );
}
