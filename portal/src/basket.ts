/** What goes with a reply. The part that carries files is fetched once somebody begins to write: most only read. */

import type { Carrier, Upload } from "../../realtime/client/uploads.ts";
import type * as whole from "./files.ts";
import { make, say } from "./page.ts";

export interface Basket extends Pick<Carrier, "all" | "arrived" | "forget" | "nudge"> {
  /** An upload in one line of words. */
  line(upload: Upload): string;
  /** Draws what has been added and not sent yet. */
  show(uploads: readonly Upload[]): void;
}

export interface Hearing {
  onChange(): void;
  onProgress(): void;
  /** What was chosen could not even be looked at: there is no network. */
  onLost(): void;
}

/** A second field that opens the camera at once: on many phones the first one hides it behind a list of folders. */
function camera(field: HTMLInputElement): HTMLElement[] {
  const photo = field.cloneNode() as HTMLInputElement;
  photo.id = "photo";
  photo.accept = "image/*";
  photo.setAttribute("capture", "environment");
  const label = make("label", say("files.photo")) as HTMLLabelElement;
  label.htmlFor = photo.id;
  return [photo, label];
}

/** Takes over the form's field for files, where it has one. */
export function basket(form: HTMLElement, hearing: Hearing): Basket {
  const field = document.getElementById("file") as HTMLInputElement | null;
  const place = field?.parentElement;
  let parts: whole.Files | null = null;

  const fetched = async () => {
    const { files } = await import("./files.ts");
    parts ??= files(hearing, field as HTMLInputElement);
    return parts;
  };

  if (field && place) {
    field.multiple = true;
    field.className = "unseen";
    place.classList.add("live");
    place.prepend(field);
    if (matchMedia("(pointer: coarse)").matches) place.append(...camera(field));
    place.addEventListener("change", ({ target }) => {
      fetched().then(
        ({ take }) => take(target as HTMLInputElement),
        () => hearing.onLost(),
      );
    });
    form.addEventListener("focusin", () => void fetched().catch(() => null), { once: true });
  }
  return {
    all: () => parts?.carrier.all() ?? [],
    arrived: async (keys) => parts?.carrier.arrived(keys) ?? [],
    forget: (keys) => parts?.carrier.forget(keys),
    nudge: () => parts?.carrier.nudge(),
    line: (upload) => parts?.line(upload) ?? "",
    show: (uploads) => parts?.show(uploads),
  };
}
