/** Reports a message, or a document, as viewed once half of it was on screen for a second in a visible page. */

const SECOND = 1000;
const GATHER = 200;
const AGAIN = 4000;

export class Viewed {
  #onScreen = new Set<HTMLElement>();
  #timers = new Map<HTMLElement, number>();
  #unsaid = new Set<number>();
  #saying = 0;
  #observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) this.#moved(entry);
    },
    { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1] },
  );

  /** `tell` says it to the server, with the numbers of what was seen. */
  constructor(private tell: (numbers: number[]) => Promise<Response | null>) {
    document.addEventListener("visibilitychange", () => this.#turned());
  }

  watch(articles: HTMLElement[]): void {
    for (const article of articles) if ("new" in article.dataset) this.#observer.observe(article);
  }

  /** A message taller than two screens never shows half of itself; then half a screen of it is enough. */
  #moved({ target, intersectionRatio, intersectionRect }: IntersectionObserverEntry): void {
    const article = target as HTMLElement;
    const isShown = intersectionRatio >= 0.5 || intersectionRect.height >= window.innerHeight / 2;
    if (isShown) this.#onScreen.add(article);
    else this.#onScreen.delete(article);
    this.#time(article);
  }

  #turned(): void {
    for (const article of this.#onScreen) this.#time(article);
  }

  #time(article: HTMLElement): void {
    const isSeen = document.visibilityState === "visible" && this.#onScreen.has(article);
    if (!isSeen) {
      clearTimeout(this.#timers.get(article));
      this.#timers.delete(article);
    } else if (!this.#timers.has(article)) {
      this.#timers.set(
        article,
        window.setTimeout(() => this.#seen(article), SECOND),
      );
    }
  }

  #seen(article: HTMLElement): void {
    this.#observer.unobserve(article);
    this.#onScreen.delete(article);
    this.#timers.delete(article);
    article.removeAttribute("data-new");
    this.#unsaid.add(Number(article.dataset.number));
    this.#sayIn(GATHER);
  }

  #sayIn(milliseconds: number): void {
    clearTimeout(this.#saying);
    this.#saying = window.setTimeout(() => void this.#say(), milliseconds);
  }

  async #say(): Promise<void> {
    const numbers = [...this.#unsaid];
    const answer = await this.tell(numbers);
    if (answer?.ok) for (const number of numbers) this.#unsaid.delete(number);
    else if (!answer || answer.status >= 429) this.#sayIn(AGAIN);
  }
}
