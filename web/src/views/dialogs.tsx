/** Whichever dialog is open. */

import * as desk from "../desk.ts";
import { COMPOSER_KEYS, KEYS, LIST_KEYS } from "../keys.ts";
import { applySingles, singles } from "../singles.ts";
import type { Dialog } from "../store.ts";
import { dialog, pending } from "../store.ts";
import { clock } from "../words/time.ts";
import { ClinicDialog } from "./clinic-dialog.tsx";
import { ConsentDialog } from "./consent.tsx";
import { DoneDialog } from "./done-dialog.tsx";
import { EditPatient } from "./edit-patient.tsx";
import { EvidenceDialog } from "./evidence.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import { focusComposer } from "./focus.ts";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { HoursDialog } from "./hours-dialog.tsx";
import { LaterDialog } from "./later-dialog.tsx";
import { MentionsDialog } from "./mentions.tsx";
import { RecallDialog } from "./message-menu.tsx";
import { Modal } from "./modal.tsx";
import { MyViewsDialog } from "./my-views-dialog.tsx";
import { NewConversation } from "./new-conversation.tsx";
import { OnCallDialog } from "./on-call-dialog.tsx";
import { Palette } from "./palette.tsx";
import { PictureDialog } from "./pictures.tsx";
import { EndProxyDialog, ProxyDialog } from "./proxy-dialog.tsx";
import { RepliesDialog } from "./replies-dialog.tsx";
import { SaveViewDialog } from "./save-view-dialog.tsx";
import { SearchDialog } from "./search-dialog.tsx";
import { ShiftDialog } from "./shift-dialog.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { StopDialog } from "./stop-dialog.tsx";
import { StrayDialog } from "./stray-dialog.tsx";
import { TagsDialog } from "./tags-dialog.tsx";
import { TriesDialog } from "./tries-dialog.tsx";
import { Viewer } from "./viewer.tsx";

const close = () => {
  dialog.value = null;
};

export function Dialogs() {
  const open = dialog.value;
  switch (open?.name) {
    case "new":
      return <NewConversation patient={open.patient} onClose={close} />;
    case "search":
      return <SearchDialog text={open.text ?? ""} onClose={close} />;
    case "palette":
      return <Palette onClose={close} />;
    case "keys":
      return <KeysDialog />;
    case "mentions":
      return <MentionsDialog onClose={close} />;
    case "shift":
      return <ShiftDialog onClose={close} />;
    case "save-view":
      return <SaveViewDialog where={open.where} onClose={close} />;
    case "my-views":
      return <MyViewsDialog onClose={close} />;
    case "tags":
      return <TagsDialog onClose={close} />;
    case "replies":
      return <RepliesDialog onClose={close} />;
    case "on-call":
      return <OnCallDialog onClose={close} />;
    case "hours":
      return <HoursDialog onClose={close} />;
    case "clinic":
      return <ClinicDialog onClose={close} />;
    case "consent":
      return <ConsentDialog conversation={open.conversation} kind={open.kind} onClose={close} />;
    case "stop":
      return <StopDialog conversation={open.conversation} onClose={close} />;
    case "proxy":
      return <ProxyDialog conversation={open.conversation} proxy={open.proxy} onClose={close} />;
    case "proxy-end":
      return <EndProxyDialog conversation={open.conversation} proxy={open.proxy} onClose={close} />;
    case "edit":
      return <EditPatient conversation={open.conversation} onClose={close} />;
    case "export":
      return <ExportDialog conversation={open.conversation} onClose={close} />;
    case "later":
      return <LaterDialog asked={open} onClose={close} />;
    case "done":
      return <DoneDialog conversation={open.conversation} onClose={close} />;
    case "hand-over":
      return <HandOverDialog conversation={open.conversation} onClose={close} />;
    case "snooze":
      return <SnoozeDialog conversation={open.conversation} onClose={close} />;
    case "recall":
      return <RecallDialog message={open.message} onClose={close} />;
    case "evidence":
      return <EvidenceDialog message={open.message} onClose={close} />;
    case "picture":
      return <PictureDialog file={open.file} words={open.words} onClose={close} />;
    case "document":
      return <Viewer file={open.file} onClose={close} />;
    case "stray":
      return <StrayDialog stray={open.stray} step={open.step} onClose={close} />;
    case "tries":
      return <TriesDialog task={open.task} onClose={close} />;
    case "moved-on":
      return <MovedOn open={open} />;
    default:
      return null;
  }
}

function KeysDialog() {
  const keys = [...KEYS, ...LIST_KEYS, ...COMPOSER_KEYS];
  return (
    <Modal title="Keyboard" onClose={close} wide>
      <div class="key-groups">
        {(["Go", "Conversation", "Writing"] as const).map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {keys
                .filter((key) => key.group === group)
                .map((key) => (
                  <div key={key.shown}>
                    <dt>{key.words}</dt>
                    <dd>
                      <kbd>{key.shown}</kbd>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={singles.value}
          onChange={(event) => applySingles(event.currentTarget.checked)}
        />
        <span>Single keys work while I am not writing</span>
      </label>
    </Modal>
  );
}

/** A colleague or the patient wrote in between: nothing goes out before the writer has seen it. */
function MovedOn({ open }: { open: Extract<Dialog, { name: "moved-on" }> }) {
  const entry = pending.value.find((each) => each.key === open.key);
  const leave = (act: (key: string) => void) => () => {
    close();
    act(open.key);
    focusComposer();
  };
  const who = open.missed.at(-1)?.from.name ?? "Somebody";
  return (
    <Modal title={`${who} wrote while you were writing`} onClose={close}>
      <ul class="missed">
        {open.missed.map((message) => (
          <li key={message.id}>
            <strong>{message.from.name}</strong> <span class="muted">{clock(message.at)}</span>
            <p dir="auto">{message.body}</p>
          </li>
        ))}
      </ul>
      <h3>Your message</h3>
      <blockquote dir="auto">{entry?.draft.body}</blockquote>
      <footer>
        <button type="button" onClick={leave(desk.drop)}>
          Discard
        </button>
        <button type="button" onClick={leave(desk.takeBack)}>
          Keep editing
        </button>
        <button type="button" class="primary" onClick={leave(desk.sendAnyway)}>
          Send anyway
        </button>
      </footer>
    </Modal>
  );
}
