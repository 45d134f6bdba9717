/** How somebody is called in the directory, and by what two of one name differ. */

import type { Listed } from "../../../realtime/client/wire.gen.ts";
import type { DirectoryPlace } from "../route.ts";

/** In the order of last names the last name comes first. */
export function called({ name, first_name, last_name }: Listed, sort: DirectoryPlace["sort"]): string {
  return sort === "name" && first_name && last_name ? `${last_name}, ${first_name}` : name;
}

/** "born 1985 · phone ··42 · e-mail · MRN 1001" */
export function marks({ born, phone_end, has_email, mrn }: Listed): string {
  const known = [
    born && `born ${born}`,
    phone_end && `phone ··${phone_end}`,
    has_email && "e-mail",
    mrn && `MRN ${mrn}`,
  ];
  return known.filter(Boolean).join(" · ");
}
