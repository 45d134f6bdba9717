/** Whose work the open conversation is: seen by everybody, changed by members of the team. */

import type { Colleague, Row } from "../../../realtime/client/wire.gen.ts";
import { me, members } from "../store.ts";
import { untilWhen } from "../words/zones.ts";
import * as work from "../work.ts";
import { Avatar } from "./avatar.tsx";
import { Icon } from "./icon.tsx";
import { Menu } from "./menu.tsx";

export function AssignMenu({ row, mayAct }: { row: Row; mayAct: boolean }) {
  const { assignee } = row;
  const mine = me.value?.user;
  const whose = assignee ? (assignee.id === mine?.id ? "you" : assignee.name) : "nobody";
  const button = assignee ? (
    <>
      <Avatar id={assignee.id} initials={assignee.initials} size="small" />
      <span>{assignee.id === mine?.id ? "You" : assignee.name.split(" ")[0]}</span>
    </>
  ) : (
    <>
      <Icon name="team" />
      <span>Assign…</span>
    </>
  );
  if (!mayAct || !mine) return assignee ? <span class="assign quiet">{button}</span> : null;
  return (
    <div class="assign">
      <Menu
        id="assign"
        label={`Assigned to ${whose}. Assign`}
        button={button}
        buttonClass="quiet"
        align="end"
        onOpen={() => void work.needMembers(row.team)}
      >
        {(close) => <People row={row} mine={mine} close={close} />}
      </Menu>
    </div>
  );
}

interface PeopleProps {
  row: Row;
  mine: Colleague;
  close: () => void;
}

function People({ row, mine, close }: PeopleProps) {
  const others = (members.value.get(row.team) ?? []).filter((each) => each.id !== mine.id);
  const give = (to: Colleague | null) => () => {
    close();
    if (to?.id !== row.assignee?.id) void work.assign(row.id, to);
  };
  const item = (to: Colleague | null, words: string) => (
    <button
      key={to?.id ?? "nobody"}
      type="button"
      class="item"
      aria-current={(to?.id ?? null) === (row.assignee?.id ?? null) ? "true" : undefined}
      onClick={give(to)}
    >
      {to ? <Avatar id={to.id} initials={to.initials} size="small" /> : <Icon name="close" />}
      <span class="grow">{words}</span>
    </button>
  );
  return (
    <>
      <p class="menu-title">Assign to</p>
      {item(mine, "Me")}
      {others.map((each) => item(each, each.name))}
      <hr />
      {item(null, "Nobody")}
    </>
  );
}

/** Somebody has begun to answer. */
export function Claimed({ row }: { row: Row }) {
  const words = work.claimOf(row);
  if (!words) return null;
  return (
    <p class="claimed" role="status">
      <Icon name="edit" size={14} /> {words}
    </p>
  );
}

/** It is out of the lists for now. */
export function Snoozed({ row, mayAct }: { row: Row; mayAct: boolean }) {
  if (!row.snoozed_until || row.state === "done") return null;
  return (
    <div class="done-strip">
      <Icon name="moon" /> Snoozed until{" "}
      {untilWhen(row.snoozed_until, me.value?.organization.zone ?? "UTC", row.snoozed_for_reply)}
      {mayAct && (
        <button type="button" class="link" title="S" onClick={() => void work.bringBack(row.id)}>
          Bring it back
        </button>
      )}
    </div>
  );
}
