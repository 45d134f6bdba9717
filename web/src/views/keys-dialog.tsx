/** Help for this screen, and the keyboard map: what works here now, or all of it; and how keys work for this person at this computer. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { possible } from "../commands.ts";
import { COMPOSER_KEYS, KEYS, type Key, LIST_KEYS } from "../keys.ts";
import { applyEnter, applySingles, enterSends, singles } from "../singles.ts";
import { thread } from "../store.ts";
import { Help } from "./help.tsx";
import { Modal } from "./modal.tsx";

type Shown = Pick<Key, "shown" | "words" | "group">;

const ALL: readonly Shown[] = [...KEYS, ...LIST_KEYS, ...COMPOSER_KEYS];

/** The list of all commands can be opened although nothing opens it from itself. */
function here(): readonly Shown[] {
  const palette = KEYS.filter((key) => key.command === "palette");
  return [...palette, ...possible(), ...LIST_KEYS, ...(thread.value ? COMPOSER_KEYS : [])];
}

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const [isAll, setAll] = useState(false);
  // As it was when the dialog was opened: meanwhile the dialog has the focus.
  const [works] = useState(() => new Set(here().map((key) => key.shown)));
  const keys = isAll ? ALL : ALL.filter((key) => works.has(key.shown));
  return (
    <Modal title="Help" onClose={onClose} wide>
      <Help />
      <h3>Keyboard</h3>
      <div class="key-groups">
        {(["Go", "Conversation", "Writing"] as const).map((group) => (
          <Group key={group} name={group} keys={keys.filter((key) => key.group === group)} />
        ))}
      </div>
      <Check isOn={isAll} onChange={setAll}>
        Show the keys of other screens too
      </Check>
      <Check isOn={singles.value} onChange={applySingles}>
        Single keys work while I am not writing
      </Check>
      <Check isOn={enterSends.value} onChange={applyEnter}>
        Enter sends a message, and Shift Enter begins a new line
      </Check>
    </Modal>
  );
}

function Group({ name, keys }: { name: string; keys: readonly Shown[] }) {
  if (keys.length === 0) return null;
  return (
    <section>
      <h3>{name}</h3>
      <dl>
        {keys.map((key) => (
          <div key={key.shown}>
            <dt>{key.words}</dt>
            <dd>
              <kbd>{key.shown}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

interface CheckProps {
  isOn: boolean;
  onChange: (is: boolean) => void;
  children: ComponentChildren;
}

function Check({ isOn, onChange, children }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
