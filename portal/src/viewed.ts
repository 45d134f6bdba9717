/** Reports a message, or a document, as viewed once half of it was on screen for a second in a page somebody can see. */

const SECOND = 1000;
const GATHER = 200;
const AGAIN = 4000;

export class Viewed {
  /** On the page and not yet seen; near the screen, if not on it. */
  #near = new Set<HTMLElement>();
  #timers = new Map<HTMLElement, number>();
  #unsaid = new Set<number>();
  #saying = 0;
  #isPrinting = false;
  #observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) this.#moved(target as HTMLElement, isIntersecting);
    this.#look();
  });

  /** `tell` says it to the server, with the numbers of what was seen. */
  constructor(private tell: (numbers: number[]) => Promise<Response | null>) {
    const look = () => this.#look();
    document.addEventListener("visibilitychange", look);
    // A print preview lies over the page, which still counts as visible.
    for (const name of ["beforeprint", "afterprint"]) {
      addEventListener(name, () => {
        this.#isPrinting = name === "beforeprint";
        this.#look();
      });
    }
    addEventListener("scroll", look, { passive: true });
    // The keyboard and a pinch make the screen smaller than the page's own window.
    for (const name of ["resize", "scroll"]) window.visualViewport?.addEventListener(name, look);
  }

  watch(articles: HTMLElement[]): void {
    for (const article of articles) if ("new" in article.dataset) this.#observer.observe(article);
  }

  #moved(article: HTMLElement, isNear: boolean): void {
    if (isNear) this.#near.add(article);
    else this.#forget(article);
  }

  #forget(article: HTMLElement): void {
    this.#near.delete(article);
    this.#stop(article);
  }

  #stop(article: HTMLElement): void {
    clearTimeout(this.#timers.get(article));
    this.#timers.delete(article);
  }

  /** A page that the browser makes ready before anybody asked for it is hidden, and so is one under another tab. */
  #canBeSeen(): boolean {
    return document.visibilityState === "visible" && !this.#isPrinting;
  }

  #look(): void {
    const canBeSeen = this.#canBeSeen();
    for (const article of this.#near) {
      if (!canBeSeen || !isOnScreen(article)) this.#stop(article);
      else if (!this.#timers.has(article))
        this.#timers.set(
          article,
          window.setTimeout(() => this.#seen(article), SECOND),
        );
    }
    // Whoever reads and leaves at once has read all the same.
    if (!canBeSeen && this.#unsaid.size > 0) this.#sayIn(0);
  }

  #seen(article: HTMLElement): void {
    this.#observer.unobserve(article);
    this.#forget(article);
    // What was taken back in this second is gone from the page.
    if (!article.isConnected) return;
    article.removeAttribute("data-new");
    this.#unsaid.add(Number(article.dataset.number));
    this.#sayIn(GATHER);
  }

  #sayIn(milliseconds: number): void {
    clearTimeout(this.#saying);
    if (milliseconds) this.#saying = window.setTimeout(() => void this.#say(), milliseconds);
    else void this.#say();
  }

  async #say(): Promise<void> {
    const numbers = [...this.#unsaid];
    const answer = await this.tell(numbers);
    if (answer?.ok) for (const number of numbers) this.#unsaid.delete(number);
    else if (!answer || answer.status >= 429) this.#sayIn(AGAIN);
  }
}

/** At least half of it, or, of what is taller than two screens, half a screen full of it. */
export function isOnScreen(article: HTMLElement): boolean {
  const box = article.getBoundingClientRect();
  const screen = window.visualViewport;
  const top = screen?.offsetTop ?? 0;
  const start = screen?.offsetLeft ?? 0;
  const height = screen?.height ?? innerHeight;
  const width = screen?.width ?? innerWidth;
  const shown = Math.min(box.bottom, top + height) - Math.max(box.top, top);
  const isBeside = box.right <= start || box.left >= start + width;
  return !isBeside && box.height > 0 && shown >= Math.min(box.height, height) / 2;
}
