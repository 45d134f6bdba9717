/** Reads a message aloud where this device itself has a voice for its language; a second press stops it. */

import { language, make, say } from "./page.ts";

const ARABIC = /[\u0600-\u06ff]/;
const speech = window.speechSynthesis as SpeechSynthesis | undefined;
let speaking: HTMLElement | null = null;

/** A voice from elsewhere would carry the patient's words to whoever runs it. */
function voiceFor(words: string): SpeechSynthesisVoice | undefined {
  const wanted = ARABIC.test(words) ? "ar" : language === "ar" ? "en" : language;
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
