/** The ways into the directory: in the rail, and in the menu of teams. */

import * as directories from "../directory.ts";
import { directory } from "../directory-place.ts";
import { Icon } from "./icon.tsx";

const begin = () => directories.show({ tab: "patients", patient: null });

export function DirectoryLink() {
  return (
    <li>
      <button type="button" title="Shift D" aria-current={directory.value ? "page" : undefined} onClick={begin}>
        <Icon name="book" />
        <span class="grow">Directory</span>
      </button>
    </li>
  );
}

export function DirectoryItem({ close }: { close: () => void }) {
  const open = () => {
    close();
    begin();
  };
  return (
    <button type="button" class="item" onClick={open}>
      <Icon name="book" /> <span class="grow">Directory</span> <kbd>Shift D</kbd>
    </button>
  );
}
