/** The clinic's phone numbers. Each act raises `Refused` and gives what is there after it. */

import type { ClinicNumbers, NumberOffers } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

const AT = "/organization/numbers";

export const shown = () => ask<ClinicNumbers>("GET", AT);
export const search = (area_code: string) => ask<NumberOffers>("POST", `${AT}/search`, { area_code });
export const order = (number: string, team_id: string) =>
  ask<ClinicNumbers>("POST", `${AT}/order`, { number, team_id });
export const bring = (number: string, carrier: string, team_id: string) =>
  ask<ClinicNumbers>("POST", `${AT}/bring`, { number, carrier, team_id });
export const tryOut = (id: string, phone: string) => ask<ClinicNumbers>("POST", `${AT}/${id}/test`, { phone });
export const release = (id: string, typed: string) => ask<ClinicNumbers>("POST", `${AT}/${id}/release`, { typed });
export const move = (id: string, team_id: string) => ask<ClinicNumbers>("POST", `${AT}/${id}/move`, { team_id });
export const finishStart = () => ask<void>("POST", "/organization/start/done", {});
