/** A field with a list under it (ARIA combobox): the focus stays in the field, arrows mark, Enter chooses. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useFirstFocus } from "./focus.ts";

export interface Option {
  key: string;
  view: ComponentChildren;
  act: () => void;
}

export interface Section {
  title: string;
  options: readonly Option[];
}

interface ComboboxProps {
  label: string;
  text: string;
  onText: (text: string) => void;
  sections: readonly Section[];
  /** Said to who cannot see the list: how much is in it, or why nothing is. */
  status: string;
  /** The list does not answer the text yet: Enter does nothing, for it would choose what was not asked for. */
  isStale?: boolean;
  /** Why nothing can be typed now. The field keeps the focus, for it will be of use again. */
  off?: string | null;
  /** Between the field and the list. */
  children?: ComponentChildren;
}

export function Combobox(props: ComboboxProps) {
  const { label, text, onText, sections, status, isStale = false, off = null, children } = props;
  const id = useId();
  const shown = off === null ? sections.filter((section) => section.options.length > 0) : [];
  const options = shown.flatMap((section) => section.options);
  const [marked, setMarked] = useState<string | null>(null);
  // What is marked stays so while the list changes around it; else the first is.
  const at = Math.max(
    0,
    options.findIndex((each) => each.key === marked),
  );
  const idOf = (option: Option | undefined) => option && `${id}-${option.key}`;
  const box = useFirstFocus<HTMLDivElement>();
  const current = idOf(options[at]);
  useEffect(() => {
    if (current) document.getElementById(current)?.scrollIntoView?.({ block: "nearest" });
  }, [current]);
  const steer = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by !== 0) setMarked(options[(at + by + options.length) % options.length]?.key ?? null);
    else if (event.key !== "Enter") return;
    else if (!isStale) options[at]?.act();
    event.preventDefault();
  };
  return (
    <div class="combobox" ref={box}>
      <input
        type="text"
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={current}
        placeholder={label}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        value={text}
        readOnly={off !== null}
        aria-disabled={off !== null}
        aria-describedby={off === null ? undefined : `${id}-off`}
        onInput={(event) => {
          setMarked(null);
          onText(event.currentTarget.value);
        }}
        onKeyDown={steer}
      />
      {off !== null && (
        <p id={`${id}-off`} class="hint warn">
          {off}
        </p>
      )}
      {children}
      <div class="found" id={`${id}-list`} role="listbox" aria-label={label} aria-busy={isStale}>
        {shown.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields.
          <div key={section.title} role="group" aria-label={section.title}>
            <p class="title" aria-hidden="true">
              {section.title}
            </p>
            {section.options.map((option) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and has the keys.
              <div
                key={option.key}
                id={idOf(option)}
                class="item"
                role="option"
                aria-selected={option === options[at]}
                tabIndex={-1}
                onPointerDown={(event) => event.preventDefault()}
                onClick={option.act}
              >
                {option.view}
              </div>
            ))}
          </div>
        ))}
      </div>
      <span class="hidden" role="status">
        {status}
      </span>
    </div>
  );
}
