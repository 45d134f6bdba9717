/** Nearly all dialogs: they come after the first view, which waits for none of them. */

import { useEffect } from "preact/hooks";
import {
  auditPart,
  boardPart,
  broadcastDialogs,
  numbersPart,
  peopleDialogs,
  programsPart,
  reportsPart,
} from "../parts.ts";
import { type Dialog, me } from "../store.ts";
import { mayManage } from "../tags.ts";
import { AddPatient } from "./add-patient.tsx";
import { BesideDialog } from "./beside.tsx";
import { ClinicDialog } from "./clinic-dialog.tsx";
import { ConsentDialog } from "./consent.tsx";
import { ContactDialog } from "./contact-dialog.tsx";
import { DoneDialog } from "./done-dialog.tsx";
import { DuplicatesDialog } from "./duplicates-dialog.tsx";
import { EditPatient } from "./edit-patient.tsx";
import { EmergencyDialog } from "./emergency.tsx";
import { EmojiDialog } from "./emoji-dialog.tsx";
import { EvidenceDialog } from "./evidence.tsx";
import { DirectoryExportDialog, ExportDialog, RecordExportDialog } from "./export-dialog.tsx";
import { Chips, FilterForm } from "./filters.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { GroupsDialog } from "./groups-dialog.tsx";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { HandsetDialog } from "./handset-dialog.tsx";
import { DialogHelp } from "./help.tsx";
import { HoursDialog } from "./hours-dialog.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { JobChips } from "./job-chips.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { LastAnswered } from "./last-answered.tsx";
import { LaterDialog } from "./later-dialog.tsx";
import { LettersDialog } from "./letters-dialog.tsx";
import { listed } from "./listed.ts";
import { MentionsDialog } from "./mentions.tsx";
import { MergeDialog } from "./merge-dialog.tsx";
import { MisfiledDialog } from "./misfiled-dialog.tsx";
import { inHead } from "./modal.tsx";
import { MyViewsDialog } from "./my-views-dialog.tsx";
import { NewConversation } from "./new-conversation.tsx";
import { NewPatient } from "./new-patient.tsx";
import { NoticesDialog } from "./notices-dialog.tsx";
import { NumbersDialog } from "./numbers-dialog.tsx";
import { OnCallDialog } from "./on-call-dialog.tsx";
import { DeceasedDialog } from "./patient-states.tsx";
import { PictureDialog } from "./pictures.tsx";
import { PlanDialog } from "./plan-dialog.tsx";
import { EndProxyDialog, ProxyDialog } from "./proxy-dialog.tsx";
import { RecallDialog } from "./recall-dialog.tsx";
import { RepliesDialog } from "./replies-dialog.tsx";
import { SaveViewDialog } from "./save-view-dialog.tsx";
import { SearchDialog } from "./search-dialog.tsx";
import { SensitiveDialog } from "./sensitive.tsx";
import { SessionWarning } from "./session-warning.tsx";
import { ShiftDialog } from "./shift-dialog.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { SoundsDialog } from "./sounds-dialog.tsx";
import { StopDialog } from "./stop-dialog.tsx";
import { StrayDialog } from "./stray-dialog.tsx";
import { StraysPane } from "./strays.tsx";
import { TagsDialog } from "./tags-dialog.tsx";
import { TriesDialog } from "./tries-dialog.tsx";
import { Viewer } from "./viewer.tsx";
import { Waiting } from "./waiting.tsx";

export { AddPatient, Chips, FilterForm, FirstSteps, JobChips, LastAnswered, listed, SessionWarning, StraysPane };

inHead.value = DialogHelp;
// What was raised before this screen was here is told as if it came now.
if (me.value && mayManage()) void boardPart.load().then(() => boardPart.here.value?.look());

/** Those of `Dialogs`, which come with the first view. */
type Early = "palette" | "moved-on";

/** All others. */
export type LateDialog = Exclude<Dialog, { name: Early }>;

export { LockOthers } from "./lock-others.tsx";
/** What a clinic with a paid plan never sees. */
export { NoPlan, NumbersLink, PlanChip } from "./no-plan.tsx";

export function LateDialogs({ open, onClose }: { open: LateDialog; onClose: () => void }) {
  switch (open.name) {
    case "recall":
      return <RecallDialog message={open.message} onClose={onClose} />;
    case "search":
      return <SearchDialog text={open.text ?? ""} onClose={onClose} />;
    case "new":
      return <NewConversation patient={open.patient} onClose={onClose} />;
    case "later":
      return <LaterDialog asked={open} onClose={onClose} />;
    case "done":
      return <DoneDialog conversation={open.conversation} onClose={onClose} />;
    case "hand-over":
      return <HandOverDialog conversation={open.conversation} onClose={onClose} />;
    case "emergency":
      return <EmergencyDialog patient={open.patient} onClose={onClose} />;
    case "sensitive":
      return <SensitiveDialog conversation={open.conversation} onClose={onClose} />;
    case "snooze":
      return <SnoozeDialog conversation={open.conversation} onClose={onClose} />;
    case "keys":
      return <KeysDialog onClose={onClose} />;
    case "mentions":
      return <MentionsDialog onClose={onClose} />;
    case "shift":
      return <ShiftDialog onClose={onClose} />;
    case "save-view":
      return <SaveViewDialog where={open.where} onClose={onClose} />;
    case "my-views":
      return <MyViewsDialog onClose={onClose} />;
    case "tags":
      return <TagsDialog onClose={onClose} />;
    case "groups":
      return <GroupsDialog group={open.group} onClose={onClose} />;
    case "duplicates":
      return <DuplicatesDialog onClose={onClose} />;
    case "merge":
      return <MergeDialog kept={open.kept} other={open.other} onClose={onClose} />;
    case "replies":
      return <RepliesDialog onClose={onClose} />;
    case "on-call":
      return <OnCallDialog onClose={onClose} />;
    case "hours":
      return <HoursDialog onClose={onClose} />;
    case "clinic":
      return <ClinicDialog onClose={onClose} />;
    case "handset":
      return <HandsetDialog onClose={onClose} />;
    case "letters":
      return <LettersDialog onClose={onClose} />;
    case "plan":
      return <PlanDialog onClose={onClose} />;
    case "numbers":
      return <NumbersDialog onClose={onClose} />;
    case "our-numbers":
      return <OurNumbers onClose={onClose} />;
    case "people":
    case "account":
      return <People name={open.name} onClose={onClose} />;
    case "broadcasts":
      return <Broadcasts onClose={onClose} />;
    case "audit":
      return <Audit patient={open.patient} onClose={onClose} />;
    case "board":
      return <Board onClose={onClose} />;
    case "api-keys":
      return <Programs onClose={onClose} />;
    case "reports":
      return <Reports onClose={onClose} />;
    case "import":
      return <ImportDialog onClose={onClose} />;
    case "notices":
      return <NoticesDialog onClose={onClose} />;
    case "sounds":
      return <SoundsDialog onClose={onClose} />;
    case "emoji":
      return <EmojiDialog field={open.field} onClose={onClose} />;
    case "consent":
      return <ConsentDialog conversation={open.conversation} kind={open.kind} onClose={onClose} />;
    case "stop":
      return <StopDialog conversation={open.conversation} onClose={onClose} />;
    case "contact":
      return <ContactDialog patient={open.patient} contact={open.contact} onClose={onClose} />;
    case "proxy":
      return <ProxyDialog conversation={open.conversation} proxy={open.proxy} onClose={onClose} />;
    case "proxy-end":
      return <EndProxyDialog conversation={open.conversation} proxy={open.proxy} onClose={onClose} />;
    case "edit":
      return <EditPatient patient={open.patient} onClose={onClose} />;
    case "deceased":
      return <DeceasedDialog patient={open.patient} onClose={onClose} />;
    case "new-patient":
      return <NewPatient typed={open.typed} onClose={onClose} />;
    case "beside":
      return <BesideDialog key={open.conversation} conversation={open.conversation} onClose={onClose} />;
    case "export":
      return <ExportDialog conversation={open.conversation} onClose={onClose} />;
    case "export-record":
      return <RecordExportDialog patient={open.patient} onClose={onClose} />;
    case "export-directory":
      return <DirectoryExportDialog onClose={onClose} />;
    case "evidence":
      return <EvidenceDialog message={open.message} onClose={onClose} />;
    case "picture":
      return <PictureDialog file={open.file} words={open.words} onClose={onClose} />;
    case "document":
      return <Viewer file={open.file} onClose={onClose} />;
    case "stray":
      return <StrayDialog stray={open.stray} step={open.step} onClose={onClose} />;
    case "misfiled":
      return <MisfiledDialog message={open.message} onClose={onClose} />;
    case "tries":
      return <TriesDialog task={open.task} onClose={onClose} />;
  }
}

function OurNumbers({ onClose }: { onClose: () => void }) {
  const here = numbersPart.here.value;
  useEffect(() => void numbersPart.load(), []);
  return here ? <here.OurNumbersDialog onClose={onClose} /> : <Waiting for={numbersPart} onClose={onClose} />;
}

function Reports({ onClose }: { onClose: () => void }) {
  const here = reportsPart.here.value;
  useEffect(() => void reportsPart.load(), []);
  return here ? <here.ReportsDialog onClose={onClose} /> : <Waiting for={reportsPart} onClose={onClose} />;
}

/** Few open them: they come when somebody does. */
function Broadcasts({ onClose }: { onClose: () => void }) {
  const here = broadcastDialogs.here.value;
  useEffect(() => void broadcastDialogs.load(), []);
  return here ? <here.BroadcastsDialog onClose={onClose} /> : <Waiting for={broadcastDialogs} onClose={onClose} />;
}

function Board({ onClose }: { onClose: () => void }) {
  const here = boardPart.here.value;
  useEffect(() => void boardPart.load(), []);
  return here ? <here.BoardDialog onClose={onClose} /> : <Waiting for={boardPart} onClose={onClose} />;
}

function People({ name, onClose }: { name: "people" | "account"; onClose: () => void }) {
  const here = peopleDialogs.here.value;
  useEffect(() => void peopleDialogs.load(), []);
  if (!here) return <Waiting for={peopleDialogs} onClose={onClose} />;
  return name === "people" ? <here.PeopleDialog onClose={onClose} /> : <here.AccountDialog onClose={onClose} />;
}

function Programs({ onClose }: { onClose: () => void }) {
  const here = programsPart.here.value;
  useEffect(() => void programsPart.load(), []);
  return here ? <here.ProgramsDialog onClose={onClose} /> : <Waiting for={programsPart} onClose={onClose} />;
}

function Audit({ patient, onClose }: { patient: { id: string; name: string } | undefined; onClose: () => void }) {
  const here = auditPart.here.value;
  useEffect(() => void auditPart.load(), []);
  return here ? (
    <here.AuditDialog patient={patient} onClose={onClose} />
  ) : (
    <Waiting for={auditPart} onClose={onClose} />
  );
}
