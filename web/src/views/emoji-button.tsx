/** Opens the small list of emoji for a field. */

import { dialog } from "../store.ts";
import { Icon } from "./icon.tsx";

export function EmojiButton({ field }: { field: string }) {
  return (
    <button
      type="button"
      class="attach"
      aria-label="Emoji"
      title="Emoji"
      onClick={() => (dialog.value = { name: "emoji", field })}
    >
      <Icon name="smile" />
    </button>
  );
}
