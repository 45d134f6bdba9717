/** The switch for notices on this computer, in words that say what others can read there. */

import { useEffect, useState } from "preact/hooks";
import { Refused } from "../http.ts";
import * as pushes from "../pushes.ts";
import { Modal } from "./modal.tsx";

const HOW: Record<pushes.Standing, string> = {
  on: "On: this browser tells you while you are signed in, also when no BloomText tab is open.",
  off: "Off on this browser.",
  blocked:
    "This browser blocks notices of this page. Allow them in the settings beside its address, then load the page again.",
  insecure: "Not possible at this address. Open BloomText by https, or on this computer as localhost.",
  impossible: "Not possible with this browser. Use Chrome, Edge, Firefox or Safari.",
};

export function NoticesDialog({ onClose }: { onClose: () => void }) {
  const [wrong, setWrong] = useState("");
  const [isBusy, setBusy] = useState(false);
  useEffect(() => void pushes.look(), []);
  const now = pushes.standing.value;
  const turn = async () => {
    setBusy(true);
    setWrong("");
    try {
      await (now === "on" ? pushes.switchOff() : pushes.switchOn());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setWrong(error.detail);
    }
    setBusy(false);
  };
  return (
    <Modal title="Notices on this computer" onClose={onClose}>
      <p>
        A notice says that there is a new or urgent message, a mention of you or a message that was not delivered, and
        the name of the team; without a sound, that a conversation was assigned to you. It never says a patient’s name
        or what was written.
      </p>
      <p class="muted">They end when you sign out, so nobody who sits here after you sees them.</p>
      <p role="status">{HOW[now]}</p>
      {wrong && <p role="alert">{wrong}</p>}
      {(now === "on" || now === "off") && (
        <button type="button" class="primary" disabled={isBusy} onClick={() => void turn()}>
          {now === "on" ? "Switch off" : "Switch on"}
        </button>
      )}
    </Modal>
  );
}
