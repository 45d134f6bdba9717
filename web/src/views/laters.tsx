/**
 * What waits for its time, under the conversation: grey, because nothing of it has happened yet. One whose time came
 * and that could not be sent says why, and waits for a person.
 */

import { useEffect } from "preact/hooks";
import type { Later } from "../../../realtime/client/wire.gen.ts";
import * as contacts from "../contacts.ts";
import * as laters from "../laters.ts";
import type { ThreadState } from "../state/thread.ts";
import { me, teamOf } from "../store.ts";
import { choiceOf, WAYS } from "../words/ways.ts";
import { inZone, showSameTime } from "../words/zones.ts";
import { focusComposer } from "./focus.ts";
import { Icon } from "./icon.tsx";
import { Text } from "./text.tsx";

export function Laters({ open }: { open: ThreadState }) {
  const mayAct = teamOf(open.row.team)?.is_member !== false;
  return (
    <ol class="messages" aria-label="To be sent later">
      {open.row.later.map((later) => (
        <li key={later.id}>
          <Waiting open={open} later={later} mayAct={mayAct} />
        </li>
      ))}
    </ol>
  );
}

/** "Goes out Tue, Nov 24, 8:00 AM (patient’s time; 7:00 AM here)": the zone is named only where it differs. */
function goesOut({ at, zone }: Later): string {
  const here = me.value?.organization.zone ?? zone;
  const words = `Goes out ${inZone(at, zone)}`;
  return showSameTime(zone, here, Date.parse(at)) ? words : `${words} (patient’s time)`;
}

function Waiting({ open, later, mayAct }: { open: ThreadState; later: Later; mayAct: boolean }) {
  const { id, rev } = open.patient;
  const isChosen = laters.chosenOf(later).length > 0;
  useEffect(() => void (isChosen && contacts.load(id, rev).catch(() => undefined)), [id, rev, isChosen]);
  const to = laters.goesTo(id, later).map((each) => each.display);
  const kind = later.via === "sms" ? "plain" : "secure";
  const edit = async () => {
    if (await laters.edit(open, later)) focusComposer();
  };
  return (
    <article class={`message ours ${kind} later ${later.words ? "not-sent" : ""}`}>
      <h3 class="from">{later.by}</h3>
      <div class="bubble">
        <Text body={later.body} />
      </div>
      <div class="below">
        <span class={`via ${kind}`}>
          <Icon name={WAYS[later.via].icon} size={12} />
          {WAYS[choiceOf(later)].label}
          {to.length > 0 && ` to ${to.join(" and ")}`}
        </span>
        <span class={`standing ${later.words ? "bad" : "quiet"}`}>
          <Icon name={later.words ? "alert" : "clock"} size={12} />
          {later.words ? `Was not sent ${inZone(later.at, later.zone)} – ${later.words}` : goesOut(later)}
        </span>
        {mayAct && (
          <span class="helps">
            <button type="button" class="link" onClick={() => void laters.cancel(later)}>
              {later.words ? "Discard" : "Cancel"}
            </button>
            <button type="button" class="link" onClick={() => void edit()}>
              Edit or send now
            </button>
          </span>
        )}
      </div>
    </article>
  );
}
