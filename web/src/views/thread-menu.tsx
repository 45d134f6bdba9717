/** What else can be done with the open conversation. */

import type { ComponentChildren } from "preact";
import type { Row } from "../../../realtime/client/wire.gen.ts";
import { dialog } from "../store.ts";
import * as work from "../work.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Menu } from "./menu.tsx";

export function ThreadMenu({ row, mayAct }: { row: Row; mayAct: boolean }) {
  const { id } = row;
  const isOpen = mayAct && row.state === "open";
  return (
    <Menu
      id="more"
      label="More for this conversation (.)"
      button={<Icon name="more" size={18} />}
      buttonClass="icon-button"
      align="end"
    >
      {(close) => (
        <>
          {isOpen && (
            <Item icon="next" hint="H" close={close} act={() => work.askHandOver(id)}>
              Hand over…
            </Item>
          )}
          {isOpen && (
            <Item icon="flag" hint="!" close={close} act={() => void work.togglePriority(id)}>
              {row.priority ? "Take the priority off" : "Mark as priority"}
            </Item>
          )}
          {isOpen && (
            <Item icon="moon" hint="S" close={close} act={() => work.askSnooze(id)}>
              {row.snoozed_until ? "End the snooze" : "Snooze…"}
            </Item>
          )}
          <Item icon="arrow-down" close={close} act={() => (dialog.value = { name: "export", conversation: id })}>
            Export for the chart
          </Item>
        </>
      )}
    </Menu>
  );
}

interface ItemProps {
  icon: IconName;
  /** The key that does the same. */
  hint?: string;
  close: () => void;
  act: () => void;
  children: ComponentChildren;
}

function Item({ icon, hint, close, act, children }: ItemProps) {
  const choose = () => {
    close();
    act();
  };
  return (
    <button type="button" class="item" onClick={choose}>
      <Icon name={icon} /> <span class="grow">{children}</span> {hint && <kbd>{hint}</kbd>}
    </button>
  );
}
