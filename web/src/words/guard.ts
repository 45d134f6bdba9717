/** Words that look like health information. A hint while writing plain text; it never blocks. */

const PRIVATE =
  /\b(results?|biops\w*|positive|negative|hiv|std|sti|pregnan\w*|dos(e|es|age)|mg|diagnos\w*|cancer|tumou?r|medications?|prescri\w*|insulin|depress\w*|anxiety|therap\w*|lab|labs|x-?rays?|mri|ct scan|surger\w*|infection|antibiotics?|dob|mrn|birth ?date|date of birth)\b/i;
const DATE = /\b\d{1,2}[/.-]\d{1,2}[/.-](19|20)\d{2}\b/;

export function looksPrivate(text: string): boolean {
  return PRIVATE.test(text) || DATE.test(text);
}
