/** What made a plain text look private, in words. Codes of `server/domain/private_words.py`. */

const FOUND: Record<string, string> = {
  date: "a date",
  ssn: "a social security number",
  mrn: "a record number",
  word: "words about health",
  own_birth_date: "the patient’s date of birth",
  own_mrn: "the patient’s MRN",
  own_phone: "the patient’s phone",
  own_email: "the patient’s e-mail address",
  own_name: "the patient’s full name",
};

/** "This looks private: the patient’s date of birth, “biopsy”". Words that were found are quoted. */
export function privateWords(found: readonly string[]): string {
  const said = [...new Set(found.map((each) => FOUND[each] ?? `“${each}”`))];
  return said.length > 0 ? `This looks private: ${said.join(", ")}` : "This looks private";
}
