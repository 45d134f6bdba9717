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
  board: {
    title: "The live board",
    lines: [
      "How each team stands now; it changes by itself. A number that is underlined opens that list.",
      "*Waiting longest* counts open time only. The key of its number opens a conversation to look on: nothing becomes read by it.",
      "*Rules for alerts* say what a team is to be warned of. One press of *Acknowledge* says that you see to it.",
      "Who is on call gets the mails: by the weekly plan, or who was put on call until a time.",
    ],
  },
  "on-call": {
    title: "Who is on call",
    lines: [
      "Choose who is called from now until a time; that stands before the plan. Afterwards the plan holds again.",
      "The weekly plan says who it is on each weekday, and on which dates somebody else is. Who leaves the team falls out of it.",
      "Where it is nobody’s turn, nobody gets a mail; what may be urgent is still marked on every screen of the team.",
    ],
  },
  reports: {
    title: "Reports",
    lines: [
      "Choose a report, the days and a team. The sentence above the plot says what it shows; the table has every number.",
      "Waits are counted in open time. Teams are compared, people are not.",
      "Save a report as a file, or print it. No patient is named in any.",
    ],
  },
  incidents: {
    title: "Messages to the wrong person",
    lines: [
      "Whoever notices it opens what happened to the message and chooses *This went to the wrong person…*. Its links end at once.",
      "An admin finds it under *Who did what*, *Incidents*, and weighs it: what was in it, who got it, whether they read it, what was done since.",
      "The conclusion and all that is known can be kept as a file. Whether patients or authorities are to be told is for your privacy officer.",
    ],
  },
  audit: {
    title: "Who did what",
    lines: [
      "Every look and every act is here, and cannot be changed. “BloomText operator” are the people who run it for you.",
      "Filter by person, by sort or by day, and save what you see as a file.",
      "*Alarms* are what is out of the ordinary: note what you found out. *Incidents* are messages that went to the wrong person.",
      "*Emergency access* names everybody who read a patient of another team, and why; you can end it.",
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
