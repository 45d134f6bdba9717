/** What the clinic's admins and the people who run BloomText write to each other. Each act raises `Refused`. */

import type { ClinicLetters } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

const AT = "/organization/letters";

export const shown = () => ask<ClinicLetters>("GET", AT);
/** The same `id` again is the same letter. */
export const write = (id: string, body: string) => ask<ClinicLetters>("POST", AT, { id, body });
export const see = () => ask<void>("POST", `${AT}/seen`, {});
