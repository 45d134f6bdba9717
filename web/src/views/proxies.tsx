/** In the patient's panel: who acts for the patient, what they may read, and whether their notices arrive. */

import * as clock from "../clock.ts";
import * as proxies from "../proxies.ts";
import { dialog, teamOf } from "../store.ts";
import { called, standing } from "../words/proxies.ts";
import type { Beside } from "./beside.ts";
import { Icon } from "./icon.tsx";

export function Proxies({ open, mayAct }: { open: Beside; mayAct: boolean }) {
  const all = open.patient.proxies ?? [];
  const add = () => {
    if (open.row) dialog.value = { name: "proxy", conversation: open.row.id, proxy: null };
  };
  const living = all.filter((each) => each.state !== "ended");
  const ended = all.filter((each) => each.state === "ended");
  return (
    <section>
      <h3>Family and caregivers</h3>
      {living.length === 0 && <p class="muted">Nobody else reads or writes for this patient.</p>}
      <ul class="reach proxies">
        {living.map((each) => (
          <Somebody key={each.id} proxy={each} open={open} mayAct={mayAct} />
        ))}
      </ul>
      {mayAct && (
        <button type="button" class="link" onClick={add}>
          <Icon name="plus" size={14} /> Add somebody…
        </button>
      )}
      {ended.length > 0 && (
        <details class="ledger">
          <summary>Ended: {ended.length}</summary>
          <ol>
            {ended.map((each) => (
              <li key={each.id}>{called(each)}</li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

function Somebody({ proxy, open, mayAct }: { proxy: proxies.Acting; open: Beside; mayAct: boolean }) {
  const said = standing(proxy, (id) => teamOf(id)?.name ?? "another team", clock.now.value);
  const ask = (name: "proxy" | "proxy-end") => () => {
    if (open.row) dialog.value = { name, conversation: open.row.id, proxy: proxy.id };
  };
  return (
    <li class={proxy.state === "active" ? "can" : "cannot"}>
      <Icon name={proxy.state === "active" ? "check" : "clock"} size={14} />
      <span>
        {called(proxy)}
        <small>{said}</small>
        {proxy.words && (
          <small class="bad">
            <Icon name="alert" size={12} /> Last notice did not go: {proxy.words}
          </small>
        )}
        {!proxy.notices && <small>gets no notices</small>}
      </span>
      {mayAct && (
        <span class="acts">
          {proxy.state === "review" && (
            <button type="button" class="link" onClick={() => void proxies.keep(open.patient.id, proxy.id)}>
              Keep access
            </button>
          )}
          {proxy.may_restore && (
            <button type="button" class="link" onClick={() => void proxies.restore(open.patient.id, proxy.id)}>
              Use again
            </button>
          )}
          <button type="button" class="link" aria-label={`Change ${proxy.name}`} onClick={ask("proxy")}>
            Change…
          </button>
          <button type="button" class="link" aria-label={`End the access of ${proxy.name}`} onClick={ask("proxy-end")}>
            End…
          </button>
        </span>
      )}
    </li>
  );
}
