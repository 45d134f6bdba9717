/** Pictures that came with a message: small ones with their place kept, the whole one in a dialog. */

import { useState } from "preact/hooks";
import type { File as Kept } from "../../../realtime/client/wire.gen.ts";
import * as reads from "../reads.ts";
import { dialog } from "../store.ts";
import { clock } from "../words/time.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

/** The longer side of a small picture, in pixels. */
const SMALL = 220;

export function Pictures({ files, from, at }: { files: readonly Kept[]; from: string; at: string }) {
  return (
    <ul class="pictures">
      {files.map((file, index) => {
        const which = files.length > 1 ? ` ${index + 1} of ${files.length}` : "";
        return (
          <li key={file.id}>
            <Picture file={file} words={`Picture${which} from ${from}, ${clock(at)}`} />
          </li>
        );
      })}
    </ul>
  );
}

function Picture({ file, words }: { file: Kept; words: string }) {
  const [isBroken, setBroken] = useState(false);
  if (file.state !== "kept") return <NoPicture file={file} />;
  if (isBroken) {
    return (
      <p class="no-picture" role="status">
        <Icon name="alert" size={14} /> The picture did not load.
        <button type="button" class="link" onClick={() => setBroken(false)}>
          Try again
        </button>
      </p>
    );
  }
  return (
    <button
      type="button"
      class="picture"
      aria-label={`${words}. Show it large`}
      onClick={() => (dialog.value = { name: "picture", file: file.id, words })}
    >
      <img
        src={reads.fileAddress(file.id)}
        alt={words}
        {...small(file.width, file.height)}
        loading="lazy"
        decoding="async"
        onError={() => setBroken(true)}
      />
    </button>
  );
}

/** Its place is kept before it is here, so that nothing jumps. */
export function small(width: number | null, height: number | null): { width: number; height: number } {
  if (!width || !height) return { width: SMALL, height: SMALL };
  const scale = Math.min(1, SMALL / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function NoPicture({ file }: { file: Kept }) {
  const isWaiting = file.state === "waiting";
  return (
    <p class="no-picture">
      <Icon name={isWaiting ? "clock" : "alert"} size={14} />
      {isWaiting ? "A picture is on its way here…" : `A picture is not shown – ${file.words ?? "it was not taken"}`}
    </p>
  );
}

export function PictureDialog({ file, words, onClose }: { file: string; words: string; onClose: () => void }) {
  return (
    <Modal title={words} onClose={onClose} wide>
      <img class="whole-picture" src={reads.fileAddress(file)} alt={words} />
    </Modal>
  );
}
