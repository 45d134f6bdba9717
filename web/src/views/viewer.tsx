/** A document, page by page as pictures, or as its words. The file itself is never run or shown by the browser. */

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { File as Kept } from "../../../realtime/client/wire.gen.ts";
import * as reads from "../reads.ts";
import { nameOf } from "../words/files.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

/** In pixels, as the server draws pages. */
const WIDTHS = [720, 1440] as const;

export function Viewer({ file, onClose }: { file: Kept; onClose: () => void }) {
  const [page, setPage] = useState(1);
  const [isLarge, setLarge] = useState(false);
  const [asText, setAsText] = useState(file.kind === "text");
  const last = file.pages ?? 1;
  const turn = (by: number) => setPage((now) => Math.min(last, Math.max(1, now + by)));
  usePageKeys(turn, setLarge, !asText);
  return (
    <Modal title={nameOf(file)} onClose={onClose} wide>
      <div class="viewer-bar" role="toolbar" aria-label="Document">
        {!asText && <Turning page={page} last={last} onTurn={turn} />}
        {!asText && (
          <button type="button" aria-pressed={isLarge} title={isLarge ? "–" : "+"} onClick={() => setLarge(!isLarge)}>
            <Icon name="search" /> {isLarge ? "Fit to width" : "Larger"}
          </button>
        )}
        {file.kind === "document" && (
          <button type="button" onClick={() => setAsText(!asText)}>
            <Icon name={asText ? "file" : "text"} /> {asText ? "Show pages" : "Read as text"}
          </button>
        )}
        <a class="button" href={reads.fileAddress(file.id)} download={nameOf(file)}>
          <Icon name="arrow-down" /> Save a copy
        </a>
      </div>
      {asText ? <Words file={file.id} /> : <Page key={page} file={file} page={page} isLarge={isLarge} />}
    </Modal>
  );
}

function Turning({ page, last, onTurn }: { page: number; last: number; onTurn: (by: number) => void }) {
  return (
    <>
      <button type="button" aria-label="Previous page" disabled={page === 1} onClick={() => onTurn(-1)}>
        <Icon name="back" />
      </button>
      <span class="figures" role="status">
        Page {page} of {last}
      </span>
      <button type="button" aria-label="Next page" disabled={page === last} onClick={() => onTurn(1)}>
        <Icon name="next" />
      </button>
    </>
  );
}

/** Arrows and Page keys turn pages, + and – change the size. */
function usePageKeys(turn: (by: number) => void, setLarge: (is: boolean) => void, isOn: boolean): void {
  useEffect(() => {
    const acts: Record<string, () => void> = {
      ArrowRight: () => turn(1),
      PageDown: () => turn(1),
      ArrowLeft: () => turn(-1),
      PageUp: () => turn(-1),
      "+": () => setLarge(true),
      "-": () => setLarge(false),
    };
    const press = (event: KeyboardEvent) => {
      const act = isOn && !event.ctrlKey && !event.metaKey && !event.altKey ? acts[event.key] : undefined;
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [isOn]);
}

interface ScrolledProps {
  kind: string;
  label: string;
  children: ComponentChildren;
}

function Scrolled({ kind, label, children }: ScrolledProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached without a pointer (WCAG 2.1.1).
    <section class={kind} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

function Page({ file, page, isLarge }: { file: Kept; page: number; isLarge: boolean }) {
  const [state, setState] = useState<"coming" | "here" | "failed">("coming");
  const [fit, large] = WIDTHS;
  return (
    <Scrolled kind={`page ${isLarge ? "large" : ""}`} label={`Page ${page}`}>
      {state === "coming" && (
        <p class="muted" role="status">
          Loading the page…
        </p>
      )}
      {state === "failed" ? (
        <p role="alert">
          The page did not load.{" "}
          <button type="button" class="link" onClick={() => setState("coming")}>
            Try again
          </button>
        </p>
      ) : (
        <img
          src={reads.pageAddress(file.id, page, isLarge ? large : fit)}
          alt={`Page ${page} of ${nameOf(file)}. “Read as text” has its words.`}
          onLoad={() => setState("here")}
          onError={() => setState("failed")}
        />
      )}
    </Scrolled>
  );
}

function Words({ file }: { file: string }) {
  const [pages, setPages] = useState<readonly string[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    reads.words(file).then(setPages, () => setFailed(true));
  }, [file]);
  if (isFailed) return <p role="alert">The words did not load. Close this and open it again.</p>;
  if (pages === null) return <p class="muted">Loading the words…</p>;
  if (pages.every((each) => each.trim() === "")) {
    return <p>There are no words in this document that can be read out, only pictures of its pages.</p>;
  }
  return (
    <Scrolled kind="read-words" label="The document’s words">
      {pages.map((words, at) => (
        <section key={at}>
          {pages.length > 1 && <h3>Page {at + 1}</h3>}
          <p dir="auto">{words}</p>
        </section>
      ))}
    </Scrolled>
  );
}
