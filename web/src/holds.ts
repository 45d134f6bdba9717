/** Legal holds of the clinic, for its admins. Each act raises `Refused`. */

import type { Holds } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

export const page = (before: string | null) =>
  ask<Holds>("GET", `/holds${before ? `?before=${encodeURIComponent(before)}` : ""}`);

/** Without a patient: of the whole clinic. `id` makes a second press the same hold. */
export const place = (id: string, patient: string | null, reason: string) =>
  ask<void>("POST", patient ? `/patients/${patient}/holds` : "/holds", { id, reason });

/** `prove_again` where the person signed in some time ago. */
export const lift = (id: string, why: string) => ask<void>("POST", `/holds/${id}/lift`, { why });
