/** What in a plain text looks private. A question while writing; it never blocks. */

import type { Patient } from "../../../realtime/client/wire.gen.ts";

const PRIVATE =
  /\b(results?|biops\w*|positive|negative|hiv|std|sti|pregnan\w*|dos(e|es|age)|mg|diagnos\w*|cancer|tumou?r|medications?|prescri\w*|insulin|depress\w*|anxiety|therap\w*|lab|labs|x-?rays?|mri|ct scan|surger\w*|infection|antibiotics?|dob|mrn|birth ?date|date of birth)\b/gi;
const DATE = /\b\d{1,2}[/.-]\d{1,2}[/.-](19|20)\d{2}\b/;

/** Codes (`words/private.ts`) and the words themselves; empty where nothing looks private. */
export function found(text: string, patient: Pick<Patient, "date_of_birth" | "mrn"> | null = null): string[] {
  const words = [...text.matchAll(PRIVATE)].map(([word]) => word.toLowerCase());
  const isBirth = patient?.date_of_birth ? writings(patient.date_of_birth).some((each) => text.includes(each)) : false;
  const isMrn = patient?.mrn ? text.toLowerCase().includes(patient.mrn.toLowerCase()) : false;
  const codes = [isBirth && "own_birth_date", isMrn && "own_mrn", !isBirth && DATE.test(text) && "date"];
  return [...codes.filter((each) => each !== false), ...new Set(words)];
}

/** How a date of birth (`YYYY-MM-DD`) is written here. */
function writings(born: string): string[] {
  const [year = "", month = "", day = ""] = born.split("-");
  const [m, d] = [String(Number(month)), String(Number(day))];
  return ["/", "-", "."].flatMap((mark) => [
    [month, day, year].join(mark),
    [m, d, year].join(mark),
    [m, d, year.slice(2)].join(mark),
    [year, month, day].join(mark),
  ]);
}

export function looksPrivate(text: string): boolean {
  return found(text).length > 0;
}
