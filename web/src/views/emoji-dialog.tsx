/** Emoji by name: typing finds, arrows mark, Enter puts one where the writer was. */

import { useState } from "preact/hooks";
import { many } from "../words/counts.ts";
import { type Emoji, found } from "../words/emoji.ts";
import { Combobox } from "./combobox.tsx";
import { focusSoon } from "./focus.ts";
import { Modal } from "./modal.tsx";

interface EmojiProps {
  /** The id of the field. */
  field: string;
  onClose: () => void;
}

export function EmojiDialog({ field, onClose }: EmojiProps) {
  const [text, setText] = useState("");
  const all = found(text);
  const choose = ({ sign }: Emoji) => {
    putIn(field, sign);
    onClose();
    focusSoon(field);
  };
  const options = all.map((each) => ({
    key: each.sign,
    act: () => choose(each),
    view: (
      <>
        <span class="sign" aria-hidden="true">
          {each.sign}
        </span>
        <span class="grow">{each.name}</span>
      </>
    ),
  }));
  return (
    <Modal title="Emoji" onClose={onClose} wide>
      <div class="emoji">
        <Combobox
          label="Find an emoji by its name"
          text={text}
          onText={setText}
          sections={[{ title: "Emoji", options }]}
          status={all.length > 0 ? `${many(all.length, "emoji", "emoji")}. Arrow keys choose.` : "None is called that."}
        >
          {all.length === 0 && <p class="hint">None is called that.</p>}
        </Combobox>
        <p class="muted">More of them: {SYSTEMS}.</p>
      </div>
    </Modal>
  );
}

/** How the computer's own palette opens. */
const SYSTEMS = /Mac|iPhone|iPad/.test(navigator.userAgent)
  ? "Ctrl, ⌘ and Space, in the field"
  : "Windows and full stop, in the field";

/** As if it had been typed where the writer was. */
function putIn(id: string, sign: string): void {
  const field = document.getElementById(id);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.setRangeText(sign, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
