/** The bar over everything: clinic, team, connection, New, and the person. */

import type { MyTeam } from "../../../realtime/client/wire.gen.ts";
import * as bell from "../bell.ts";
import * as clockNow from "../clock.ts";
import * as drafts from "../drafts.ts";
import { hours } from "../hours.ts";
import * as lists from "../lists.ts";
import * as lock from "../lock.ts";
import * as mentions from "../mentions.ts";
import * as mineNow from "../mine.ts";
import * as pushes from "../pushes.ts";
import * as session from "../session.ts";
import { dialog, me, place, titleOf } from "../store.ts";
import { mayManage } from "../tags.ts";
import { applyTheme, THEMES, theme } from "../theme.ts";
import { many } from "../words/counts.ts";
import { phone } from "../words/phone.ts";
import { waitOf } from "../words/waits.ts";
import { Avatar } from "./avatar.tsx";
import { ConnectionChip } from "./connection.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { MentionsMark } from "./mentions.tsx";
import { Menu } from "./menu.tsx";
import { ManageItem } from "./tags.tsx";

export function Header() {
  const mine = me.value;
  if (!mine) return <header class="bar" />;
  return (
    <header class="bar">
      <span class="clinic" title={mine.organization.name}>
        {mine.organization.name}
      </span>
      <TeamSwitcher />
      <button
        type="button"
        class="search"
        aria-label="Search patients and messages"
        onClick={() => (dialog.value = { name: "search" })}
      >
        <Icon name="search" />
        <span>Search patients and messages</span>
        <kbd>/</kbd>
      </button>
      <ConnectionChip />
      {mine.teams.some((team) => team.is_member) && (
        <button type="button" class="primary new" onClick={() => (dialog.value = { name: "new" })}>
          <Icon name="plus" />
          <span class="name">
            New<span class="hidden"> conversation</span>
          </span>
          <kbd>C</kbd>
        </button>
      )}
      <UserMenu />
    </header>
  );
}

function TeamSwitcher() {
  const { team } = place.value;
  const called = me.value?.mentions ?? 0;
  const button = (
    <>
      <Icon name="inbox" size={18} />
      <span class="team-name">{titleOf(team)}</span>
      <MentionsMark />
      <Icon name="down" size={14} />
    </>
  );
  return (
    <Menu
      label={`Inbox: ${titleOf(team)}. ${called > 0 ? `${many(called, "new mention")}. ` : ""}Switch team`}
      button={button}
      buttonClass="switcher"
      onOpen={() => void mineNow.refresh()}
    >
      {(close) => (
        <>
          <TeamItem id="all" name="All my teams" close={close} />
          <hr />
          {me.value?.teams.map((each) => (
            <TeamItem key={each.id} id={each.id} name={each.name} team={each} close={close} />
          ))}
          <MentionsItem close={close} />
          {mayManage() && <HoursItem close={close} />}
          {mayManage() && <DialogItem close={close} open="on-call" icon="bell" words="Who is on call" />}
          {mayManage() && <ManageItem close={close} />}
          {mayManage() && <DialogItem close={close} open="replies" icon="text" words="Saved replies" />}
          {mayManage() && (
            <DialogItem close={close} open="import" icon="plus" words="Import patients" shown="Shift I" />
          )}
        </>
      )}
    </Menu>
  );
}

function TeamItem({ id, name, team, close }: { id: string; name: string; team?: MyTeam; close: () => void }) {
  const choose = () => {
    close();
    void lists.show(id, place.value.view);
  };
  return (
    <button type="button" class="item" aria-current={place.value.team === id} onClick={choose}>
      <Icon name={id === "all" ? "inbox" : "team"} />
      <span class="grow">
        {name}
        {team && <TeamDetail team={team} />}
      </span>
      {team && team.needs_reply > 0 && <span class="count">{team.needs_reply}</span>}
    </button>
  );
}

function MentionsItem({ close }: { close: () => void }) {
  const open = () => {
    close();
    mentions.list();
  };
  return (
    <>
      <hr />
      <button type="button" class="item" onClick={open}>
        <Icon name="note" /> <span class="grow">Mentions</span> <MentionsMark />
      </button>
    </>
  );
}

function HoursItem({ close }: { close: () => void }) {
  const open = () => {
    close();
    dialog.value = { name: "hours" };
  };
  return (
    <>
      <hr />
      <button type="button" class="item" onClick={open}>
        <Icon name="clock" /> <span class="grow">Opening hours</span>
      </button>
    </>
  );
}

interface DialogItemProps {
  close: () => void;
  open: "keys" | "palette" | "clinic" | "shift" | "on-call" | "notices" | "import" | "replies";
  icon: IconName;
  words: string;
  shown?: string;
}

function DialogItem({ close, open, icon, words, shown }: DialogItemProps) {
  const show = () => {
    close();
    dialog.value = { name: open };
  };
  return (
    <button type="button" class="item" onClick={show}>
      <Icon name={icon} /> <span class="grow">{words}</span> {shown && <kbd>{shown}</kbd>}
    </button>
  );
}

function TeamDetail({ team }: { team: MyTeam }) {
  const oldest = team.oldest_wait && waitOf(team.oldest_wait, hours.value.get(team.id), clockNow.now.value);
  const wait = oldest ? `oldest ${oldest.short}` : null;
  const words = [team.is_member ? null : "observing", ...team.numbers.map(phone), wait].filter(Boolean).join(" · ");
  return words ? <small>{words}</small> : null;
}

/** What rings while nobody looks at any of this person's tabs. */
function Sounds() {
  return (
    <>
      <fieldset class="themes">
        <legend>Sound for</legend>
        {bell.RINGS.map((each) => (
          <button key={each} type="button" aria-pressed={bell.rings.value === each} onClick={() => bell.choose(each)}>
            {each}
          </button>
        ))}
      </fieldset>
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

function UserMenu() {
  const mine = me.value;
  if (!mine) return null;
  const { user } = mine;
  const button = <Avatar id={user.id} initials={user.initials} />;
  return (
    <Menu label={`${user.name}. Your menu`} button={button} buttonClass="round" align="end">
      {(close) => (
        <>
          <p class="menu-title">
            {user.name}
            <small>{user.role}</small>
          </p>
          <fieldset class="themes">
            <legend>Appearance</legend>
            {THEMES.map((each) => (
              <button key={each} type="button" aria-pressed={theme.value === each} onClick={() => applyTheme(each)}>
                {each}
              </button>
            ))}
          </fieldset>
          <Sounds />
          {pushes.isOffered() && (
            <DialogItem close={close} open="notices" icon="bell" words="Notices on this computer" />
          )}
          {mine.teams.some((team) => team.is_member) && (
            <DialogItem close={close} open="shift" icon="check" words="End of my shift" shown="Shift H" />
          )}
          <DialogItem close={close} open="keys" icon="keyboard" words="Keyboard" shown="?" />
          <DialogItem close={close} open="palette" icon="next" words="All commands" shown="Ctrl K" />
          {user.role === "admin" && <DialogItem close={close} open="clinic" icon="team" words="Clinic settings" />}
          <button type="button" class="item" onClick={() => void lock.lock()}>
            <Icon name="lock" /> <span class="grow">Lock screen</span> <kbd>Ctrl Shift L</kbd>
          </button>
          <button type="button" class="item" onClick={() => void drafts.allSettled().then(session.signOut)}>
            <Icon name="back" /> Sign out
          </button>
        </>
      )}
    </Menu>
  );
}
