/** Small pieces of the page. */

export function byId<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no #${id}`);
  return found as T;
}

export function make(name: string, words: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = words;
  if (className) made.className = className;
  return made;
}

export function select(field: HTMLSelectElement, options: string[]): void {
  field.replaceChildren(...options.map((option) => new Option(option, option)));
}

/** Tabs by the ARIA pattern: click or arrow keys; `#tab-NAME` shows `#NAME` unless `shown` does it. */
export function tabs(names: string[], shown?: (name: string) => void): { show: (name: string) => void } {
  const buttons = names.map((name) => byId<HTMLButtonElement>(`tab-${name}`));
  const show = (name: string): void => {
    names.forEach((each, index) => {
      const isChosen = each === name;
      buttons[index]?.setAttribute("aria-selected", String(isChosen));
      if (buttons[index]) buttons[index].tabIndex = isChosen ? 0 : -1;
      if (!shown) byId(each).hidden = !isChosen;
    });
    shown?.(name);
  };
  buttons.forEach((button, index) => {
    button.addEventListener("click", () => show(names[index] ?? ""));
    button.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = (index + step + names.length) % names.length;
      if (step) {
        buttons[next]?.focus();
        show(names[next] ?? "");
      }
    });
  });
  show(names[0] ?? "");
  return { show };
}
