/** The acts on what an unknown sender wrote: each changes something on the server. */

import type { Row } from "../../realtime/client/wire.gen.ts";
import type { NewPatient } from "./actions.ts";
import { ask } from "./http.ts";

/** I have these texts on screen, by their ids. */
export const see = (ids: readonly string[]) => ask<void>("POST", "/strays/seen", { ids });
export const attach = (stray: string, patient: string, proxy: string | null) =>
  ask<Row>("POST", `/strays/${stray}/attach`, { patient_id: patient, ...(proxy && { proxy_id: proxy }) });
export const makePatient = (stray: string, names: NewPatient) => ask<Row>("POST", `/strays/${stray}/patient`, names);
export const dismiss = (stray: string) => ask<void>("POST", `/strays/${stray}/dismiss`, {});
export const reopen = (stray: string) => ask<void>("POST", `/strays/${stray}/reopen`, {});
/** They are not that patient after all. */
export const detach = (stray: string) => ask<void>("POST", `/strays/${stray}/detach`, {});
/** This message is another patient's; null: of nobody we know. */
export const move = (message: string, patient: string | null) =>
  ask<void>("POST", `/messages/${message}/move`, { patient_id: patient });
export const decide = (stray: string, outcome: string) => ask<void>("POST", `/strays/${stray}/wish`, { outcome });
