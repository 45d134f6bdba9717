/** A part of the panel that stays as the person left it, and asks for what it shows only when it is unfolded. */

import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

interface FoldedProps {
  title: string;
  isUnfolded: Signal<boolean>;
  children: ComponentChildren;
}

export function Folded({ title, isUnfolded, children }: FoldedProps) {
  return (
    <section>
      <details
        class="folded"
        open={isUnfolded.value}
        onToggle={(event) => {
          isUnfolded.value = event.currentTarget.open;
        }}
      >
        <summary>
          <h3>{title}</h3>
        </summary>
        {isUnfolded.value && children}
      </details>
    </section>
  );
}
