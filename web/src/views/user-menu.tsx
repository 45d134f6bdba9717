/** One's own menu: how the screen looks and sounds, what is set up, the end of the shift, the lock, the way out. */

import * as badges from "../badge.ts";
import * as bell from "../bell.ts";
import * as drafts from "../drafts.ts";
import * as lock from "../lock.ts";
import * as session from "../session.ts";
import { me } from "../store.ts";
import { applyDensity, applyTheme, DENSITIES, density, THEMES, theme } from "../theme.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";
import { DialogItem, MenuItem, SettingItems } from "./menu-item.tsx";

export function UserMenu() {
  const mine = me.value;
  if (!mine) return null;
  const { user } = mine;
  const button = <Avatar id={user.id} initials={user.initials} />;
  return (
    <Menu id="own-menu" label={`${user.name}. Your menu`} button={button} buttonClass="round" align="end">
      {(close) => (
        <>
          <p class="menu-title">
            {user.name}
            <small>{user.role}</small>
          </p>
          <Choice legend="Appearance" all={THEMES} chosen={theme.value} choose={applyTheme} />
          <Choice legend="Density" all={DENSITIES} chosen={density.value} choose={applyDensity} />
          <Sounds />
          <SettingItems menu="own" close={close} />
          {mine.teams.some((team) => team.is_member) && (
            <DialogItem close={close} open={{ name: "shift" }} icon="check" words="End of my shift" shown="Shift H" />
          )}
          <DialogItem close={close} open={{ name: "keys" }} icon="keyboard" words="Help" shown="?" />
          <DialogItem close={close} open={{ name: "palette" }} icon="next" words="All commands" shown="Ctrl K" />
          <MenuItem icon="lock" words="Lock screen" shown="Ctrl Shift L" act={() => void lock.lock()} />
          <MenuItem icon="back" words="Sign out" act={() => void drafts.allSettled().then(session.signOut)} />
        </>
      )}
    </Menu>
  );
}

/** What rings while nobody looks at any of this person's tabs. */
function Sounds() {
  return (
    <>
      <Choice legend="Sound for" all={bell.RINGS} chosen={bell.rings.value} choose={bell.choose} />
      <Choice legend="Number in the tab" all={badges.COUNTS} chosen={badges.counts.value} choose={badges.choose} />
      {"Notification" in window && (
        <button
          type="button"
          class="item"
          aria-pressed={bell.notices.value}
          onClick={() => void bell.showNotices(!bell.notices.value)}
        >
          <Icon name="bell" /> <span class="grow">Desktop notices</span> {bell.notices.value && <Icon name="check" />}
        </button>
      )}
    </>
  );
}

interface ChoiceProps<T extends string> {
  legend: string;
  all: readonly T[];
  chosen: T;
  choose: (one: T) => void;
}

function Choice<T extends string>({ legend, all, chosen, choose }: ChoiceProps<T>) {
  return (
    <fieldset class="themes">
      <legend>{legend}</legend>
      {all.map((each) => (
        <button key={each} type="button" aria-pressed={chosen === each} onClick={() => choose(each)}>
          {each}
        </button>
      ))}
    </fieldset>
  );
}
