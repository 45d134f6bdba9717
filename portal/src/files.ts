/** Photos and files that go with a reply: made smaller on the phone, sent while the person still writes. */

import { type Carrier, carrier, type Reply, type Upload } from "../../realtime/client/uploads.ts";
import { ask } from "./ask.ts";
import type { Hearing } from "./basket.ts";
import { byId, conversation, make, say } from "./page.ts";

/** The longer side of a picture, in pixels: enough to read a letter or to look at skin. */
const SIDE = 2000;
const MOST = 10;

async function told(answer: Response | null): Promise<Reply> {
  const said = answer ? await answer.json().catch(() => ({})) : {};
  if (answer?.ok) return { upload: said };
  // After a piece in the wrong place the server is asked again what it has.
  const isLost = !answer || answer.status >= 429 || answer.status === 401 || said.code === "wrong_place";
  return isLost ? {} : { words: say(`file.${said.code}`) || say("files.lost") };
}

/** What the phone cannot read goes as it is; so does what an old one might turn the wrong way round. */
async function shrink(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  if (scale === 1 && /jpeg|png/.test(file.type)) return file;
  const canvas = make("canvas") as HTMLCanvasElement;
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d") as CanvasRenderingContext2D;
  // What is see-through would turn black.
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob((small) => done(small ?? file), "image/jpeg", 0.85));
}

/** A picture that was made anew is no HEIC any more; a browser that knows no HEIC gives it no type. */
function label(name: string, { type }: Blob): { name: string; media_type: string } {
  return {
    name: type === "image/jpeg" ? name.replace(/(\.\w+)?$/, ".jpg") : name,
    media_type: type || name.replace(/.*\./, "image/"),
  };
}

/** "photo.jpg – 40 %": a file and where it is. */
function line({ name, file, state, received, words }: Upload): string {
  const percent = `${Math.floor((100 * received) / file.size || 0)} %`;
  const where = { kept: say("files.ready"), waiting: say("waiting"), refused: words, sending: percent };
  return `${name} – ${where[state]}`;
}

export interface Files {
  carrier: Carrier;
  /** What somebody chose in a field goes on its way. */
  take(chosen: HTMLInputElement): void;
  line(upload: Upload): string;
  show(uploads: readonly Upload[]): void;
}

/** `onChange` hears of everything, `onProgress` of what arrives; `field` is the form's. */
export function files({ onChange, onProgress }: Hearing, field: HTMLInputElement): Files {
  const uploads = carrier({
    begin: async ({ key, name, file }) =>
      told(await ask("/m/uploads", { key, ...label(name, file), size: file.size, conversation })),
    put: async (id, at, piece) => {
      const reply = await told(await ask(`/m/uploads/${id}?at=${at}`, piece, "PUT"));
      if (reply.upload) onProgress();
      return reply;
    },
    cancel: (id) => void ask(`/m/uploads/${id}`, {}, "DELETE"),
    onChange,
    shrink,
  });
  const take = (chosen: HTMLInputElement) => {
    for (const file of Array.from(chosen.files ?? [])) {
      uploads.add(file, "", uploads.all().length < MOST ? "" : say("file.too_many_files"));
    }
    chosen.value = "";
  };
  return { carrier: uploads, take, line, show: rows(field, (key) => uploads.drop(key)) };
}

/** Draws what has been added and not sent yet. A row stays the same element, so that the focus stays in it. */
function rows(field: HTMLInputElement, drop: (key: string) => void): Files["show"] {
  const list = make("ul", "", "files");
  const known = new Map<string, HTMLElement>();
  field.parentElement?.before(list);

  function row({ key, name }: Upload): HTMLElement {
    const made = make("li");
    const remove = make("button", say("files.remove"), "plain");
    remove.setAttribute("type", "button");
    remove.setAttribute("aria-label", `${say("files.remove")} ${name}`);
    remove.addEventListener("click", () => {
      drop(key);
      field.focus();
    });
    made.append(make("span"), remove);
    list.append(made);
    known.set(key, made);
    return made;
  }

  function draw(upload: Upload): void {
    const words = (known.get(upload.key) ?? row(upload)).firstElementChild as HTMLElement;
    const isNews = words.className !== upload.state && upload.state !== "sending";
    words.className = upload.state;
    words.textContent = line(upload);
    if (isNews) byId("spoken").textContent = line(upload);
  }

  return (shown) => {
    for (const [key, made] of known) {
      if (shown.some((each) => each.key === key)) continue;
      made.remove();
      known.delete(key);
    }
    shown.forEach(draw);
  };
}
