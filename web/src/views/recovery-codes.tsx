/** My new recovery codes, shown this once: to be printed, copied or written down. */

import { useState } from "preact/hooks";

export function RecoveryCodes({ codes, onEnd }: { codes: readonly string[]; onEnd: () => void }) {
  const [said, setSaid] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(codes.join("\n")).then(
      () => setSaid("Copied."),
      () => setSaid("This browser does not let us copy. Write them down."),
    );
  return (
    <>
      <p>
        If your phone is lost, each of them lets you in once, with your password. They are shown only now, and those
        from before no longer work.
      </p>
      <ol class="codes" translate={false}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p class="does">
        <button type="button" class="link" onClick={() => print()}>
          Print
        </button>
        <button type="button" class="link" onClick={() => void copy()}>
          Copy
        </button>
        <span role="status" class="muted">
          {said}
        </span>
      </p>
      <footer>
        <button type="button" class="primary" onClick={onEnd}>
          I have kept them
        </button>
      </footer>
    </>
  );
}
