/** The handset inside the product. Each act raises `Refused`. */

import type { Handset } from "../../realtime/client/wire.gen.ts";
import { ask } from "./http.ts";

const AT = "/organization/handset";

export interface Written {
  /** The same again is the same text. */
  id: string;
  phone: string;
  number_id: string;
  body: string;
}

export const shown = () => ask<Handset>("GET", AT);
export const write = (text: Written) => ask<Handset>("POST", AT, { ...text });
