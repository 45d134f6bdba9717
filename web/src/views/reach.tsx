/** How a patient can be reached: the ways, contacts that are not used now, and wishes to get nothing more. */

import type { ContactState, Patient, Stop } from "../../../realtime/client/wire.gen.ts";
import * as clock from "../clock.ts";
import * as entries from "../entries.ts";
import { dialog } from "../store.ts";
import { howToStart, isOurs, stopped } from "../words/patients.ts";
import { phone } from "../words/phone.ts";
import { date } from "../words/time.ts";
import { help, ORDER, obstacle, WAYS } from "../words/ways.ts";
import type { Beside } from "./beside.ts";
import { Icon } from "./icon.tsx";

export function Reach({ open, mayAct }: { open: Beside; mayAct: boolean }) {
  const { patient, row } = open;
  const isAllStopped = ["text", "email"].every((by) => patient.stops.some((stop) => stop.by === by));
  return (
    <section>
      <h3>Can be reached by</h3>
      <ul class="reach">
        {ORDER.map((via) => {
          const way = patient.ways[via];
          return (
            <li key={via} class={way.can ? "can" : "cannot"}>
              <Icon name={way.can ? "check" : "close"} size={14} />
              <span>
                {WAYS[via].name}
                {!way.can && (
                  <small>
                    {obstacle(way.why)}. {help(way.why)}.
                  </small>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      <Paused patient={patient} contact="phone" state={patient.phone_state} mayAct={mayAct} />
      <Paused patient={patient} contact="email" state={patient.email_state} mayAct={mayAct} />
      {patient.stops.map((stop) => (
        <Stopped key={`${stop.by} ${stop.number}`} stop={stop} open={open} mayAct={mayAct} />
      ))}
      {mayAct && row && !isAllStopped && (
        <button type="button" class="link wish" onClick={() => (dialog.value = { name: "stop", conversation: row.id })}>
          Record a wish to stop
        </button>
      )}
    </section>
  );
}

interface PausedProps {
  patient: Patient;
  contact: "phone" | "email";
  state: ContactState | null;
  mayAct: boolean;
}

function Paused({ patient, contact, state, mayAct }: PausedProps) {
  if (!state?.paused_at) return null;
  const name = contact === "phone" ? (patient.phone_display ?? "The phone") : (patient.email ?? "The mailbox");
  return (
    <div class="notice">
      <p>
        <strong>{name}</strong> is not used since {date(state.paused_at, clock.now.value)}
        {state.words && ` – ${state.words}`}.
      </p>
      {mayAct && (
        <button type="button" onClick={() => void entries.restore(patient.id, contact)}>
          Use again
        </button>
      )}
    </div>
  );
}

function Stopped({ stop, open, mayAct }: { stop: Stop; open: Beside; mayAct: boolean }) {
  // How to start again names the number already; where we can lift it, it is said here.
  const from = stop.number && isOurs(stop) ? `From ${phone(stop.number)}. ` : "";
  const lift = () => {
    const words = "Lifted by staff: the patient wants them again";
    if (open.row) void entries.lift(open.patient.id, { by: stop.by, team: open.row.team, words });
  };
  return (
    <div class="notice">
      <p>
        {stopped(stop, clock.now.value)} {from}
        {howToStart(stop)}
      </p>
      {mayAct && open.row && isOurs(stop) && (
        <button type="button" onClick={lift}>
          They want them again
        </button>
      )}
    </div>
  );
}
