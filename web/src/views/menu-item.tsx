/** One line of a menu: what it opens, and the key for it. */

import type { ComponentChildren } from "preact";
import { offered, type Setting } from "../settings.ts";
import { type Dialog, dialog } from "../store.ts";
import { Icon, type IconName } from "./icon.tsx";

interface MenuItemProps {
  icon: IconName;
  words: string;
  shown?: string | undefined;
  act: () => void;
  children?: ComponentChildren;
}

export function MenuItem({ icon, words, shown, act, children }: MenuItemProps) {
  return (
    <button type="button" class="item" onClick={act}>
      <Icon name={icon} /> <span class="grow">{words}</span> {children} {shown && <kbd>{shown}</kbd>}
    </button>
  );
}

interface DialogItemProps extends Omit<MenuItemProps, "act"> {
  close: () => void;
  open: Dialog;
}

export function DialogItem({ close, open, ...rest }: DialogItemProps) {
  const show = () => {
    close();
    dialog.value = open;
  };
  return <MenuItem act={show} {...rest} />;
}

/** The settings of one menu, as far as this person may change them. */
export function SettingItems({ menu, close }: { menu: Setting["menu"]; close: () => void }) {
  const shown = offered().filter((each) => each.menu === menu);
  return (
    <>
      {shown.map(({ dialog: name, icon, words }) => (
        <DialogItem key={name} close={close} open={{ name }} icon={icon} words={words} />
      ))}
    </>
  );
}
