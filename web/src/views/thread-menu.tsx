/** What else can be done with the open conversation. */

import { dialog } from "../store.ts";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";

export function ThreadMenu({ conversation }: { conversation: string }) {
  const exportIt = (close: () => void) => () => {
    close();
    dialog.value = { name: "export", conversation };
  };
  return (
    <Menu
      label="More for this conversation"
      button={<Icon name="more" size={18} />}
      buttonClass="icon-button"
      align="end"
    >
      {(close) => (
        <button type="button" class="item" onClick={exportIt(close)}>
          <Icon name="arrow-down" /> Export for the chart
        </button>
      )}
    </Menu>
  );
}
