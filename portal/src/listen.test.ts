// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from "vitest";

const voices: { lang: string; localService: boolean }[] = [];
const speech = {
  getVoices: () => voices,
  speak: vi.fn(),
  cancel: vi.fn(),
  onvoiceschanged: null as null | (() => void),
};
vi.stubGlobal("speechSynthesis", speech);
vi.stubGlobal(
  "SpeechSynthesisUtterance",
  class {
    constructor(readonly text: string) {}
  },
);
document.documentElement.lang = "es";
document.body.innerHTML = `<div id="thread" data-words='{"listen":"Escuchar","listen.stop":"Parar"}'></div>`;
const { listenWith } = await import("./listen.ts");

const thread = () => document.getElementById("thread") as HTMLElement;
const articles = () => [...thread().querySelectorAll<HTMLElement>("article")];
const buttons = () => [...thread().querySelectorAll<HTMLButtonElement>("button.listen")];

function hears(...langs: string[]): void {
  voices.splice(0, voices.length, ...langs.map((lang) => ({ lang, localService: true })));
  listenWith(articles);
}

describe("listening", () => {
  beforeEach(() => {
    speech.speak.mockClear();
    speech.cancel.mockClear();
    thread().innerHTML = `<article><p class="body">Hola</p></article><article><p class="body">مرحبا</p></article><article></article>`;
  });

  it("is offered only where there is a voice for the message's language", () => {
    hears("en-US");
    expect(buttons()).toHaveLength(0);
    hears("en-US", "es-MX");
    expect(buttons().map((each) => each.parentElement?.textContent)).toEqual(["HolaEscuchar"]);
    hears("es-MX", "ar");
    expect(buttons()).toHaveLength(2);
  });

  it("takes the voice of the language that the message is in, whatever the page speaks", () => {
    thread().innerHTML = `<article><p class="body">Please bring your card to the visit.</p></article><article><p class="body">Traiga la tarjeta de su seguro.</p></article>`;
    hears("en-US", "es-MX");
    buttons()[0]?.click();
    buttons()[1]?.click();
    expect(speech.speak.mock.calls.map(([said]) => said.lang)).toEqual(["en-US", "es-MX"]);
  });

  it("is not offered by a voice that would send the words away", () => {
    voices.splice(0, voices.length, { lang: "es-MX", localService: false });
    listenWith(articles);
    expect(buttons()).toHaveLength(0);
  });

  it("is offered once voices are found", () => {
    hears();
    voices.push({ lang: "es", localService: true });
    speech.onvoiceschanged?.();
    expect(buttons()).toHaveLength(1);
  });

  it("reads the words, and stops on the second press", () => {
    hears("es-MX");
    const [button] = buttons();
    button?.click();
    expect(speech.speak.mock.calls[0]?.[0]).toMatchObject({ text: "Hola", lang: "es-MX" });
    expect(button?.textContent).toBe("Parar");
    button?.click();
    expect(speech.speak).toHaveBeenCalledTimes(1);
    expect(speech.cancel).toHaveBeenCalled();
    expect(button?.textContent).toBe("Escuchar");
  });
});
