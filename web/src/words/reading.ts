/** How hard a message is to read. Loaded when somebody writes a long one, and never in the way. */

import { fleschKincaid } from "flesch-kincaid";
import { syllable } from "syllable";

/** The grade that patients should be able to read at (AMA and NIH: sixth grade or below). */
const GRADE = 6;
/** Of fewer words nothing can be said. */
const FEW = 20;
/** INFLESZ (Barrio-Cantalejo 2008): below this, a Spanish text is not "quite easy". */
const EASY = 65;

const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;
const SENTENCE_END = /[.!?…]+(?=\s|$)|\n+/u;
const COMMON = {
  en: new Set(
    "the a an and or to of in on for is are was you your we our it this that with have will not can".split(" "),
  ),
  es: new Set(
    "el la los las un una y o de del en por para es son su sus que con se no usted le nos este esta".split(" "),
  ),
};

interface Counts {
  word: number;
  sentence: number;
  words: string[];
}

/** What helps the writer to know, or null: easy enough, too short to say, or in no language we can judge. */
export function readingHint(body: string, language: string): string | null {
  const counts = counted(body);
  if (counts.word < FEW) return null;
  const written = languageOf(counts.words, language);
  if (written === "es") return inflesz(counts) < EASY ? hint("This is hard to read in Spanish") : null;
  const level = written === "en" ? grade(counts) : 0;
  if (level <= GRADE) return null;
  return hint(level > 12 ? "This reads above grade 12" : `This reads at grade ${level}`);
}

const hint = (what: string) => `${what}. Shorter words and sentences help.`;

function counted(body: string): Counts {
  const words = body.toLowerCase().match(WORD) ?? [];
  const sentences = body.split(SENTENCE_END).filter((each) => /[\p{L}\p{N}]/u.test(each));
  return { word: words.length, sentence: Math.max(1, sentences.length), words };
}

/** Small words tell a language best; where they say nothing, the patient's own is taken if they are equal. */
function languageOf(words: readonly string[], patients: string): "en" | "es" | null {
  const [english, spanish] = [COMMON.en, COMMON.es].map((common) => words.filter((word) => common.has(word)).length);
  if (!english && !spanish) return null;
  if (english === spanish) return patients === "es" ? "es" : "en";
  return (spanish ?? 0) > (english ?? 0) ? "es" : "en";
}

/** The school grade of the United States (Flesch and Kincaid 1975), rounded. */
function grade({ word, sentence, words }: Counts): number {
  const syllables = words.reduce((sum, each) => sum + Math.max(1, syllable(each)), 0);
  return Math.round(fleschKincaid({ word, sentence, syllable: syllables }));
}

/** The formula of Szigriszt-Pazos (1993): the higher, the easier. */
function inflesz({ word, sentence, words }: Counts): number {
  const syllables = words.reduce((sum, each) => sum + spanishSyllables(each), 0);
  return 206.835 - (62.3 * syllables) / word - word / sentence;
}

/** Each strong or accented vowel is a syllable of its own; weak ones lean on them, or are one together. */
export function spanishSyllables(word: string): number {
  const said = word.replace(/qu|gu(?=[eiéí])/g, "q").replace(/y$/, "i");
  const groups = said.match(/[aeiouáéíóúü]+/g) ?? [];
  const each = groups.map((group) => Math.max(1, group.match(/[aeoáéíóú]/g)?.length ?? 0));
  return Math.max(
    1,
    each.reduce((sum, count) => sum + count, 0),
  );
}
