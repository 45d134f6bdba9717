/** Reads a message aloud where this device itself has a voice for its language; a second press stops it. */

import { language, make, say } from "./page.ts";

const ARABIC = /[\u0600-\u06ff]/;
// Small words that only one of the two languages has.
const ENGLISH = /\b(the|and|you|your|is|are|for|to|of|this)\b/gi;
const SPANISH = /[¿¡ñ]|\b(el|la|los|las|de|que|su|para|es|por|con|una?)\b/gi;
const speech = window.speechSynthesis as SpeechSynthesis | undefined;
let speaking: HTMLElement | null = null;

/** Staff may write in another language than the page speaks; a voice for the wrong one cannot be understood. */
function languageOf(words: string): string {
  if (ARABIC.test(words)) return "ar";
  const more = (words.match(ENGLISH)?.length ?? 0) - (words.match(SPANISH)?.length ?? 0);
  return more > 0 ? "en" : more < 0 ? "es" : language === "ar" ? "en" : language;
}

/** A voice from elsewhere would carry the patient's words to whoever runs it. */
function voiceFor(words: string): SpeechSynthesisVoice | undefined {
  const wanted = languageOf(words);
  return speech?.getVoices().find((each) => each.localService && each.lang.toLowerCase().startsWith(wanted));
}

function stop(): void {
  if (speaking) speaking.textContent = say("listen");
  speaking = null;
  speech?.cancel();
}

function press(button: HTMLElement, words: string): void {
  const isSecond = speaking === button;
  stop();
  const voice = voiceFor(words);
  if (isSecond || !voice) return;
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = voice.lang;
  said.onend = said.onerror = () => {
    if (speaking === button) stop();
  };
  speaking = button;
  button.textContent = say("listen.stop");
  speech?.speak(said);
}

/** Gives these messages their button. */
export function offer(articles: HTMLElement[]): void {
  if (speaking && !speaking.isConnected) stop();
  for (const article of articles) {
    const words = article.querySelector(".body")?.textContent ?? "";
    if (!words || article.querySelector(".listen") || !voiceFor(words)) continue;
    const button = make("button", say("listen"), "plain listen");
    button.onclick = () => press(button, words);
    article.append(button);
  }
}

/** Voices come when the device has found them. */
export function listenWith(articles: () => HTMLElement[]): void {
  if (!speech) return;
  speech.onvoiceschanged = () => offer(articles());
  window.addEventListener("pagehide", stop);
  offer(articles());
}
