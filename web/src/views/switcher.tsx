/** The inbox icon: whose conversations are shown, how many wait in each team, and what managers set up for them. */

import type { MyTeam } from "../../../realtime/client/wire.gen.ts";
import * as clockNow from "../clock.ts";
import { hours } from "../hours.ts";
import * as lists from "../lists.ts";
import * as mentions from "../mentions.ts";
import * as mineNow from "../mine.ts";
import { me, place, titleOf } from "../store.ts";
import { mayManage } from "../tags.ts";
import { many } from "../words/counts.ts";
import { numberOf } from "../words/numbers.ts";
import { waitOf } from "../words/waits.ts";
import { DirectoryItem } from "./directory-links.tsx";
import { Icon } from "./icon.tsx";
import { MentionsMark } from "./mentions.tsx";
import { Menu } from "./menu.tsx";
import { DialogItem, MenuItem, SettingItems } from "./menu-item.tsx";

export function TeamSwitcher() {
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
          <hr />
          <MentionsItem close={close} />
          <DirectoryItem close={close} />
          <DialogItem close={close} open={{ name: "broadcasts" }} icon="chat" words="Broadcasts" shown="Shift B" />
          {mayManage() && <hr />}
          <SettingItems menu="teams" close={close} />
          {mayManage() && (
            <DialogItem close={close} open={{ name: "import" }} icon="plus" words="Import patients" shown="Shift I" />
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
    <MenuItem icon="note" words="Mentions" act={open}>
      <MentionsMark />
    </MenuItem>
  );
}

function TeamDetail({ team }: { team: MyTeam }) {
  const oldest = team.oldest_wait && waitOf(team.oldest_wait, hours.value.get(team.id), clockNow.now.value);
  const wait = oldest ? `oldest ${oldest.short}` : null;
  const unread = team.unread > 0 ? `${team.unread} unread` : null;
  const words = [team.is_member ? null : "observing", ...team.numbers.map((each) => numberOf(team, each)), unread, wait]
    .filter(Boolean)
    .join(" · ");
  return words ? <small>{words}</small> : null;
}
