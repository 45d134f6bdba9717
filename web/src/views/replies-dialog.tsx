/** The clinic's saved replies: supervisors and administrators add, change and retire them. */

import { useEffect, useState } from "preact/hooks";
import type { SavedReply } from "../../../realtime/client/wire.gen.ts";
import type { Reply } from "../actions.ts";
import { Refused } from "../http.ts";
import * as reads from "../reads.ts";
import * as desk from "../replies.ts";
import { me } from "../store.ts";
import { LANGUAGES } from "../words/languages.ts";
import { inWords } from "../words/refusals.ts";
import { LISTED } from "../words/replies.ts";
import { Closing } from "./closing.tsx";
import { useFirstFocus } from "./focus.ts";
import { Modal } from "./modal.tsx";
import { Select } from "./select.tsx";

/** Which is being written; "new" is none of them yet, null none at all. */
type Editing = SavedReply | "new" | null;

export function RepliesDialog({ onClose }: { onClose: () => void }) {
  const [editing, setEditing] = useState<Editing>(null);
  const teams = useTeams();
  useEffect(() => void desk.need(), []);
  if (editing) {
    const reply = editing === "new" ? null : editing;
    return (
      <Modal title={reply ? `Change “${reply.title}”` : "New saved reply"} onClose={onClose} wide>
        <Form reply={reply} teams={teams} onEnd={() => setEditing(null)} />
      </Modal>
    );
  }
  return (
    <Modal title="Saved replies" onClose={onClose} wide>
      <All teams={teams} onEdit={setEditing} />
      <p class="muted">Whoever writes a message types ; and the shortcut, or some letters of the title.</p>
      <Closing leave="Close" onLeave={onClose} onAct={() => setEditing("new")}>
        New saved reply
      </Closing>
    </Modal>
  );
}

/** Who manages may choose any team of the clinic, whichever inboxes they read. */
function useTeams(): Readonly<Record<string, string>> {
  const [teams, setTeams] = useState<Record<string, string>>(() =>
    Object.fromEntries((me.value?.teams ?? []).map((team) => [team.id, team.name])),
  );
  useEffect(() => {
    reads.teams().then(
      (found) => setTeams(Object.fromEntries(found.map((each) => [each.team, each.name]))),
      // Those that I read are there already.
      () => undefined,
    );
  }, []);
  return teams;
}

interface AllProps {
  teams: Readonly<Record<string, string>>;
  onEdit: (reply: SavedReply) => void;
}

function All({ teams, onEdit }: AllProps) {
  const all = desk.replies.value;
  if (all === null) return <p class="muted">Loading…</p>;
  if (all.length === 0) return <p class="muted">There are none yet.</p>;
  return (
    <ul class="reply-set">
      {all.map((reply) => (
        <li key={reply.id}>
          <span class="grow">
            <strong>{reply.title}</strong> <span class="muted">;{reply.shortcut}</span>
            <small class="muted">
              {[
                reply.content === "private" ? "Only in secure messages" : "Also as a plain text",
                Object.keys(LANGUAGES)
                  .filter((code) => code in reply.bodies)
                  .join(", "),
                reply.team ? (teams[reply.team] ?? "One team") : "Whole clinic",
              ].join(" · ")}
            </small>
          </span>
          <button type="button" class="link" aria-label={`Change ${reply.title}`} onClick={() => onEdit(reply)}>
            Change
          </button>
          <button
            type="button"
            class="link"
            aria-label={`Retire ${reply.title}`}
            onClick={() => void desk.retire(reply)}
          >
            Retire
          </button>
        </li>
      ))}
    </ul>
  );
}

interface FormProps {
  reply: SavedReply | null;
  teams: Readonly<Record<string, string>>;
  onEnd: () => void;
}

function Form({ reply, teams, onEnd }: FormProps) {
  const [said, setSaid] = useState<Reply>(
    reply ?? { title: "", shortcut: "", bodies: { en: "" }, content: "private", team: null },
  );
  const [refused, setRefused] = useState<Refused | null>(null);
  const form = useFirstFocus<HTMLFormElement>();
  const change = (part: Partial<Reply>) => setSaid({ ...said, ...part });
  const save = async (event: Event) => {
    event.preventDefault();
    const { title, shortcut, bodies, content, team } = said;
    try {
      await desk.save(reply?.id ?? null, { title, shortcut, bodies, content, team });
      onEnd();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setRefused(error);
    }
  };
  return (
    <form ref={form} onSubmit={(event) => void save(event)}>
      <Names said={said} onChange={change} />
      {Object.entries(LANGUAGES).map(([code, language]) => (
        <label key={code} class="field">
          In {language}
          <textarea
            rows={3}
            dir="auto"
            required={code === "en"}
            value={said.bodies[code] ?? ""}
            onInput={(event) => change({ bodies: { ...said.bodies, [code]: event.currentTarget.value } })}
          />
        </label>
      ))}
      <p class="muted">
        Filled in when it is used: {LISTED}. What stands in brackets, such as [time], whoever writes must fill in.
      </p>
      <Where said={said} teams={teams} onChange={change} />
      {refused && (
        <p class="hint bad" role="alert">
          {inWords(refused)}.
        </p>
      )}
      <Closing onLeave={onEnd}>Save</Closing>
    </form>
  );
}

interface PartProps {
  said: Reply;
  onChange: (part: Partial<Reply>) => void;
}

function Names({ said, onChange }: PartProps) {
  return (
    <div class="reply-names">
      <label class="field">
        Title
        <input
          required
          maxLength={60}
          value={said.title}
          onInput={(event) => onChange({ title: event.currentTarget.value })}
        />
      </label>
      <label class="field">
        Shortcut
        <input
          required
          maxLength={20}
          autoCapitalize="none"
          placeholder="form"
          value={said.shortcut}
          onInput={(event) => onChange({ shortcut: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}

function Where({ said, teams, onChange }: PartProps & Pick<FormProps, "teams">) {
  return (
    <div class="reply-names">
      <Select
        label="May be sent"
        value={said.content}
        options={{ private: "Only in secure messages", may_be_plain: "Also as a plain text: nothing private in it" }}
        onValue={(content) => onChange({ content: content === "may_be_plain" ? content : "private" })}
      />
      <Select
        label="Used by"
        value={said.team ?? ""}
        options={{ "": "The whole clinic", ...teams }}
        onValue={(team) => onChange({ team: team || null })}
      />
    </div>
  );
}
