/** What a person is told about the connection: nothing while all is well. */

import { muted } from "../bell.ts";
import { asOf, connection, updateReady } from "../store.ts";
import * as wire from "../wire.ts";
import { clock } from "../words/time.ts";
import { Icon } from "./icon.tsx";

export function ConnectionChip() {
  const state = connection.value;
  if (state.name === "reconnecting") {
    return (
      <button type="button" class="chip warn" onClick={wire.nudge}>
        <span class="spinner" /> Reconnecting…{asOf.value > 0 && ` as of ${clock(asOf.value)}`}
      </button>
    );
  }
  // A server that has just come back with a new build must be reachable before a reload helps.
  if (updateReady.value) {
    return (
      <button type="button" class="chip" onClick={() => location.reload()}>
        Update ready – reload
      </button>
    );
  }
  if (state.name === "live" && state.slow) return <span class="chip">Slow connection mode</span>;
  if (muted.value) return <span class="chip">A sound was blocked. Press anywhere to allow it.</span>;
  return <span class="no-chip" />;
}

/** Under the header: a moving line while catching up, a strip while offline. */
export function ConnectionStrip() {
  const { name } = connection.value;
  if (name === "catching-up") return <div class="catching-up" />;
  if (name !== "offline") return null;
  return (
    <div class="strip" role="status">
      <Icon name="offline" />
      <span>You are offline. Messages you send will wait.</span>
      {asOf.value > 0 && <span class="muted">As of {clock(asOf.value)}</span>}
      <button type="button" onClick={wire.nudge}>
        Try now
      </button>
    </div>
  );
}
