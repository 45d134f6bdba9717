/** Broadcasts of my teams: those there are, one that is being written, and one on its way. */

import { useEffect, useState } from "preact/hooks";
import type { Detail } from "../broadcasts.ts";
import * as broadcasts from "../broadcasts.ts";
import { heard } from "../broadcasts-heard.ts";
import { Refused } from "../http.ts";
import { inWords } from "../words/refusals.ts";
import { BroadcastAssistant } from "./broadcast-assistant.tsx";
import { BroadcastList } from "./broadcast-list.tsx";
import { BroadcastRun } from "./broadcast-run.tsx";
import { Modal } from "./modal.tsx";

/** What every part is given: a way to do something that may be refused; what it gives is shown. */
export interface PartProps {
  detail: Detail;
  attempt: (act: () => Promise<Detail | unknown>) => Promise<boolean>;
  onOther: () => void;
}

/** What nobody has begun to write yet. */
export const NEW = "new";

export function BroadcastsDialog({ onClose }: { onClose: () => void }) {
  const [chosen, choose] = useState<string | null>(null);
  const [detail, setDetail] = useState<Detail | null>(null);
  const [refused, setRefused] = useState("");
  const attempt = async (act: () => Promise<Detail | unknown>) => {
    try {
      const made = await act();
      if (isDetail(made)) {
        setDetail(made);
        choose(made.broadcast.id);
      }
      setRefused("");
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(`${inWords(error)}.`);
      return false;
    }
  };
  const isDraft = detail?.broadcast.state === "draft";
  const isWriting = chosen === NEW || isDraft;
  // A draft is not drawn anew under its writer's hands.
  const heardOfIt = isDraft ? 0 : heard.value;
  useEffect(() => {
    if (chosen && chosen !== NEW && !isDraft) void attempt(() => broadcasts.detail(chosen));
  }, [chosen, heardOfIt]);
  const other = () => {
    setRefused("");
    setDetail(null);
    choose(null);
  };
  return (
    <Modal title={detail?.broadcast.title ?? (chosen ? "New broadcast" : "Broadcasts")} onClose={onClose} wide>
      {refused && (
        <p class="hint bad" role="alert">
          {refused}
        </p>
      )}
      {!chosen && <BroadcastList onChosen={choose} attempt={attempt} />}
      {isWriting && <BroadcastAssistant detail={detail} attempt={attempt} onOther={other} />}
      {detail && !isDraft && <BroadcastRun detail={detail} attempt={attempt} onOther={other} />}
    </Modal>
  );
}

const isDetail = (made: unknown): made is Detail => typeof made === "object" && made !== null && "broadcast" in made;
