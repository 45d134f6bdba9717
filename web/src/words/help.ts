/** Short help for each screen of this version. Plain words; what a button is called is written as it stands there. */

export interface Topic {
  title: string;
  lines: readonly string[];
}

const TOPICS = {
  inbox: {
    title: "The inbox",
    lines: [
      "The list holds the conversations of your teams. *Needs reply* are those that wait for an answer, the longest wait first.",
      "Choose a team at the top to see its conversations only. The number beside a team counts what is unread.",
      "*New* begins a conversation: type a name, a phone or an e-mail.",
      "What you see changes by itself. When the bar says that you are offline, what you write is kept and goes later.",
    ],
  },
  conversation: {
    title: "A conversation",
    lines: [
      "*Secure text* and *Secure e-mail* send a link; your words are read on a page that asks who the patient is.",
      "*Plain text* shows your words on the phone itself. It needs the patient’s consent and is not for health details.",
      "A patient’s initials stand below the newest message that they have viewed. A plain text never shows it.",
      "A note is for colleagues only. What you send can be undone for a few seconds.",
      "*Done* takes the conversation off the list; an answer of the patient brings it back.",
    ],
  },
  strays: {
    title: "Unknown senders",
    lines: [
      "These wrote to your number and are no patient on file.",
      "Give a text to a patient, make a new patient of its sender, or dismiss it. STOP counts for them too.",
    ],
  },
  directory: {
    title: "The directory",
    lines: [
      "All patients of the clinic, and your coworkers in the second tab. Nobody is written to from outside of it.",
      "Every field of a patient is optional. To be written to they need a phone or an e-mail, for secure ones a date of birth.",
      "Who was added twice can be merged; a merge can be undone.",
    ],
  },
  broadcasts: {
    title: "Broadcasts",
    lines: [
      "One message to many patients, each in a conversation of their own: nobody learns of anybody else.",
      "The check before it goes counts who gets it and names who is left out, and why.",
      "It can be paused and stopped. Whoever stopped texts gets none.",
    ],
  },
  import: {
    title: "Bringing in a list",
    lines: [
      "A CSV or Excel file with a row for each patient. Look at what each column is taken for before you start.",
      "Nothing is sent to anybody, and no consent comes of it. A list can be taken back for 24 hours.",
    ],
  },
  people: {
    title: "People and teams",
    lines: [
      "Who is in a team reads and writes all its conversations, past ones too. Taken out, they see nothing at once.",
      "Supervisors read every team; admins look after people, numbers and settings.",
    ],
  },
  "our-numbers": {
    title: "Your phone numbers",
    lines: [
      "Choose a number with the area code of your patients: they answer a local number more often.",
      "Carriers register who writes before they take texts of a number. Until then it waits; texts that come in arrive.",
      "In a trial, texts of the number stay on a handset inside BloomText, which opens here. No patient gets one.",
    ],
  },
  plan: {
    title: "Your plan",
    lines: [
      "A trial runs for seven days, once. When it ends nothing is deleted; only sending stops.",
      "Texts and STOPs of patients arrive whatever the plan is.",
    ],
  },
  audit: {
    title: "Who did what",
    lines: [
      "Every look and every act is here, and cannot be changed. “BloomText operator” are the people who run it for you.",
      "Filter by person, by sort or by day, and save what you see as a file.",
    ],
  },
  clinic: {
    title: "Clinic settings",
    lines: ["What holds for all teams of the clinic. A change is there on every open screen at once."],
  },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof TOPICS;

export const topic = (name: TopicName): Topic => TOPICS[name];
export const isTopic = (name: string): name is TopicName => name in TOPICS;
export const topicNames = Object.keys(TOPICS) as readonly TopicName[];
