// Made by `python -m realtime.generate` from server/queries/views.py and realtime/shapes.py. Do not edit.

/** Lower-case text of a UUID. */
export type Uuid = string;
/** UTC in RFC 3339, with Z. */
export type Instant = string;
/** YYYY-MM-DD. */
export type Day = string;

export interface Consent {
  kind: "plain_sms" | "email";
  gives: boolean;
  at: Instant;
  by: string | null;
  wording: string;
  source: "spoken" | "written" | "portal";
  scope: string;
  evidence: Uuid | null;
}

export type RelationName = "mother" | "father" | "guardian" | "spouse" | "child" | "caregiver" | "other";

export type ProxyState = "active" | "not_yet" | "review" | "ended";

export interface Proxy {
  id: Uuid;
  rev: number;
  name: string;
  initials: string;
  relation: RelationName;
  date_of_birth: Day | null;
  phone: string | null;
  phone_display: string | null;
  email: string | null;
  language: string;
  notices: boolean;
  teams: Uuid[] | null;
  begins_at: Instant;
  ends_at: Instant | null;
  review_at: Instant | null;
  state: ProxyState;
  words: string | null;
  may_restore?: boolean;
}

export interface PortalConversation {
  id: Uuid;
  team: string;
  at: Instant | null;
  unseen: number;
  is_open: boolean;
}

export interface Person {
  kind: "staff" | "patient";
  id: Uuid;
  name: string;
  initials: string;
  proxy?: Uuid | null;
}

export interface Receipt {
  patient: Uuid;
  name: string;
  initials: string;
  at: Instant;
  device?: string | null;
  proxy?: Uuid | null;
  relation?: RelationName | null;
}

export interface Look {
  name: string;
  relation: RelationName;
  at: Instant;
}

export interface File {
  id: Uuid;
  state: "waiting" | "kept" | "refused";
  words: string | null;
  media_type: string | null;
  size: number;
  width: number | null;
  height: number | null;
  name: string | null;
  kind: "picture" | "document" | "text";
  pages: number | null;
  viewed_at: Instant | null;
  looks?: Look[];
}

export interface PatientFile {
  file: File;
  conversation: Uuid;
  team: Uuid;
  number: number;
  from: "staff" | "patient";
  who: string;
  at: Instant;
  taken_back: boolean;
}

export interface PatientFiles {
  files: PatientFile[];
  next: string | null;
}

export interface Upload {
  id: Uuid;
  received: number;
  state: "receiving" | "kept" | "refused";
  words: string | null;
  file: File | null;
}

export type EventName =
  | "assigned"
  | "released"
  | "snoozed"
  | "woke"
  | "marked"
  | "unmarked"
  | "done"
  | "reopened"
  | "texts_off"
  | "texts_on"
  | "mails_off"
  | "mails_on"
  | "agreed"
  | "withdrew"
  | "contact"
  | "unproven"
  | "locked"
  | "unlocked";

export interface Colleague {
  id: Uuid;
  name: string;
  initials: string;
}

export interface Coworker {
  id: Uuid;
  name: string;
  initials: string;
  teams: string[];
  is_on: boolean;
}

export interface Coworkers {
  coworkers: Coworker[];
}

export interface WorkEvent {
  id: Uuid;
  conversation: Uuid;
  number: number;
  kind: EventName;
  at: Instant;
  by: Colleague | null;
  to: Colleague | null;
  until: Instant | null;
  why: string | null;
  words: string | null;
}

export interface Members {
  members: Colleague[];
}

export interface Note {
  id: Uuid;
  conversation: Uuid;
  number: number;
  after: number;
  key: string;
  by: Colleague;
  body: string;
  mentions: Colleague[];
  at: Instant;
}

export type ColourName = "grey" | "teal" | "blue" | "violet" | "pink" | "red" | "amber" | "green";

export interface Tag {
  id: Uuid;
  name: string;
  colour: ColourName;
}

export type DraftKindName = "message" | "note";

export interface Draft {
  kind: DraftKindName;
  body: string;
  via: SendableName | null;
  both: boolean;
  patient_only: boolean;
}

export interface ChosenFile {
  id: Uuid;
  name: string;
  size: number;
}

export interface Drafts {
  conversation: Uuid;
  drafts: Draft[];
  files?: ChosenFile[];
}

export type Urgent =
  | "chest_pain"
  | "breathing"
  | "stroke"
  | "bleeding"
  | "unconscious"
  | "seizure"
  | "overdose"
  | "suicide"
  | "allergy";

export type TaskName =
  | "call_unread"
  | "maybe_opt_out"
  | "wrong_number"
  | "dead_contact"
  | "identity"
  | "review_proxy"
  | "proxy_unreached"
  | "urgent";

export type DatePart = "day" | "month" | "year";

export interface Unconfirmed {
  tries: number;
  differs: DatePart[];
  paused_until: Instant | null;
}

export interface IdentityTry {
  at: Instant;
  asked: "birth_date" | "code";
  dates: Day[];
  differs: DatePart[];
  proxy: string | null;
}

export interface Task {
  id: Uuid;
  kind: TaskName;
  at: Instant;
  number: number | null;
  identity: Unconfirmed | null;
  urgent?: Urgent[];
}

export type ViaName = "sms" | "secure_sms" | "secure_email" | "portal" | "email";

export type SendableName = "sms" | "secure_sms" | "secure_email";

export type DeliveryState = "waiting" | "sending" | "sent" | "delivered" | "failed" | "uncertain" | "cancelled";

export type Carrier = "text" | "email";

export type Next =
  | "nothing"
  | "wait"
  | "retry"
  | "other_way"
  | "call"
  | "check_contact"
  | "ask_start"
  | "ask_consent"
  | "admin";

export type Trouble = "failed" | "uncertain";

export type View =
  | "needs_reply"
  | "mine"
  | "unassigned"
  | "open"
  | "waiting"
  | "snoozed"
  | "undelivered"
  | "not_read"
  | "tasks"
  | "unread"
  | "done";

export interface Delivery {
  id: Uuid;
  by: Carrier;
  purpose: "first" | "retry" | "reminder" | "other_way" | "broadcast";
  state: DeliveryState;
  reason: string | null;
  words: string | null;
  next: Next | null;
  at: Instant;
  due_at: Instant | null;
  can_retry: boolean;
}

export interface Recalled {
  at: Instant;
  by: string;
}

export interface Later {
  id: Uuid;
  via: SendableName;
  both: boolean;
  body: string;
  at: Instant;
  zone: string;
  by: string;
  words: string | null;
  patient_only?: boolean;
  to?: Uuid[];
}

export interface BroadcastRef {
  id: Uuid;
  title: string;
}

export interface Message {
  id: Uuid;
  conversation: Uuid;
  number: number;
  rev: number;
  key: string;
  from: Person;
  via: ViaName;
  body: string;
  at: Instant;
  delivery: Delivery | null;
  deliveries: Delivery[];
  receipts: Receipt[];
  files: File[];
  recalled: Recalled | null;
  undo_until: Instant | null;
  can_recall: boolean;
  unencrypted: boolean;
  patient_only?: boolean;
  sent_at?: Instant | null;
  broadcast?: BroadcastRef | null;
}

export interface RowPatient {
  id: Uuid;
  rev: number;
  name: string;
  initials: string;
  language: string;
}

export interface Last {
  number: number;
  from: "staff" | "patient";
  who: string;
  via: ViaName;
  preview: string;
  at: Instant;
  delivery: DeliveryState | null;
  viewed_at: Instant | null;
  proxy?: Uuid | null;
  viewed_by?: string | null;
  sent_at?: Instant | null;
}

export interface Row {
  id: Uuid;
  team: Uuid;
  rev: number;
  patient: RowPatient;
  state: "open" | "done";
  needs_reply_since: Instant | null;
  trouble: Trouble | null;
  tasks: Task[];
  later: Later[];
  tags: Tag[];
  last: Last | null;
  updated_at: Instant;
  assignee?: Colleague | null;
  claimed_until?: Instant | null;
  snoozed_until?: Instant | null;
  priority?: boolean;
  not_read_since?: Instant | null;
  opted_out?: boolean;
  writers?: Colleague[];
  number?: string | null;
  number_lost?: boolean;
  snoozed_for_reply?: boolean;
  way?: SendableName | null;
  sensitive?: boolean;
}

export interface Way {
  can: boolean;
  why: string | null;
}

export interface Ways {
  sms: Way;
  secure_sms: Way;
  secure_email: Way;
}

export interface Stop {
  by: Carrier;
  number: string | null;
  at: Instant;
  source: "keyword" | "staff" | "portal" | "mail" | "carrier" | "list";
}

export interface ContactState {
  proven_at: Instant | null;
  paused_at: Instant | null;
  pause: string | null;
  words: string | null;
}

export interface ConversationRef {
  id: Uuid;
  team: Uuid;
}

export interface Patient {
  id: Uuid;
  rev: number;
  first_name: string;
  last_name: string;
  name: string;
  initials: string;
  date_of_birth: Day | null;
  mrn: string | null;
  phone: string | null;
  phone_display: string | null;
  email: string | null;
  language: string;
  prefers: "sms" | "email" | null;
  incomplete: boolean;
  shared_phone: boolean;
  ways: Ways;
  zone: string;
  private_mode: boolean;
  phone_state: ContactState | null;
  email_state: ContactState | null;
  stops: Stop[];
  consents: Consent[];
  conversations: ConversationRef[];
  quiet_from: number | null;
  quiet_until: number | null;
  reminders: boolean;
  news: boolean;
  proxies?: Proxy[];
  archived_at?: Instant | null;
  deceased_at?: Instant | null;
  earlier?: ConversationRef[];
  more_contacts?: boolean;
}

export interface Decision {
  at: Instant;
  path: string;
  carries: "text" | "notice_sms" | "notice_email";
  outcome: "go" | "hold" | "refuse";
  reasons: string[];
  message: Uuid | null;
  delivery: Uuid | null;
}

export interface StreamAt {
  id: Uuid;
  epoch: string;
  at: number;
}

export interface Thread {
  streams: StreamAt[];
  row: Row;
  patient: Patient;
  messages: Message[];
  notes: Note[];
  before: number | null;
  seen: number;
  events?: WorkEvent[];
  drafts?: Draft[];
  files?: ChosenFile[];
}

export interface WayOut {
  by: Carrier;
  since: Instant | null;
  words: string | null;
  waiting: number;
}

export interface StrayText {
  id: Uuid;
  body: string;
  at: Instant;
  urgent?: Urgent[];
  sent_at?: Instant | null;
}

export interface Acting {
  proxy: Uuid;
  name: string;
  patient: RowPatient;
}

export interface Stray {
  id: Uuid;
  team: Uuid;
  number: string;
  sender: string;
  sender_display: string;
  texts: StrayText[];
  candidates: RowPatient[];
  acting: Acting[];
  may_be_opt_out: boolean;
}

export interface PortalMessage {
  number: number;
  from: "you" | "care" | "family";
  who: string;
  body: string;
  at: Instant;
  key: string | null;
  viewed: boolean;
  unencrypted: boolean;
  gone: boolean;
  files: File[];
  care_read: boolean;
  private?: boolean;
  urgent?: boolean;
}

export type LanguageName = "en" | "es" | "ar";

export interface Filters {
  tag?: Uuid | null;
  assignee?: string | null;
  language?: LanguageName | null;
  way?: SendableName | null;
  waiting?: number | null;
}

export interface Inbox {
  tag?: Uuid | null;
  assignee?: string | null;
  language?: LanguageName | null;
  way?: SendableName | null;
  waiting?: number | null;
  streams: StreamAt[];
  team: string;
  view: View;
  rows: Row[];
  seen: Record<Uuid, number>;
  next: string | null;
  counts: Record<string, number>;
  now: Instant;
  drafts?: Uuid[];
  turns_at?: Instant | null;
}

export interface Hold {
  id: Uuid;
  at: Instant;
  by: Colleague;
  patient: AuditPatient | null;
  reason: string;
  lifted_at: Instant | null;
  lifted_by: Colleague | null;
  lifted_why: string;
}

export interface Holds {
  holds: Hold[];
  next: string | null;
}

export interface Stopped {
  id: Uuid;
  taken_back: boolean;
  viewed_at: Instant | null;
  links: number;
}

export interface Incident {
  id: Uuid;
  at: Instant;
  by: Colleague;
  name: string;
  team: string;
  taken_back: boolean;
  viewed_at: Instant | null;
  closed_at: Instant | null;
  is_breach: boolean | null;
}

export interface Incidents {
  incidents: Incident[];
  next: string | null;
}

export interface Assessment {
  nature: string;
  recipient: string;
  viewed: string;
  mitigation: string;
  is_breach: boolean;
}

export interface IncidentRecord {
  incident: Incident;
  message: Uuid;
  number: number;
  writer: string;
  account: string;
  links: number;
  events: EvidenceEvent[];
  closed_by: Colleague | null;
  assessment: Assessment | null;
}

export interface Keeping {
  years: number | null;
  starts_at: Instant | null;
}

export interface GoneConversation {
  id: Uuid;
  at: Instant;
  patient: AuditPatient;
  team: string;
  messages: number;
  notes: number;
  files: number;
  first_at: Instant | null;
  last_at: Instant | null;
  years: number;
}

export interface GoneConversations {
  conversations: GoneConversation[];
  next: string | null;
}

export type ProofName = "birth_date" | "code" | "nothing";

export interface TextAhead {
  words: string;
  link: string;
  segments: number;
}

export interface MailAhead {
  subject: string;
  words: string;
  link: string;
}

export interface PhoneHolder {
  id: Uuid;
  name: string;
  born?: number | null;
  relation?: RelationName | null;
  acts_for?: string | null;
}

export interface Ahead {
  ways: Ways;
  may_send: boolean;
  proof: ProofName;
  secure_sms: TextAhead;
  secure_email: MailAhead;
  also: PhoneHolder[];
}

export interface ClinicLetter {
  id: Uuid;
  by: string | null;
  at: Instant;
  body: string;
  seen: boolean;
}

export interface ClinicLetters {
  letters: ClinicLetter[];
}

export interface NumberTest {
  at: Instant;
  state: "waiting" | "sending" | "sent" | "failed" | "uncertain";
  words: string | null;
}

export interface OurNumber {
  id: Uuid;
  number: string;
  label: string | null;
  team: Uuid;
  team_name: string;
  goes_to: "live" | "handset";
  status: "active" | "pending" | "blocked" | "released";
  why: string | null;
  since: Instant;
  released_at: Instant | null;
  conversations: number;
  test: NumberTest | null;
}

export interface WantedNumber {
  id: Uuid;
  number: string;
  kind: "new" | "own";
  team_name: string;
  by: string | null;
  at: Instant;
  changed_at: Instant;
  state: "asked" | "buying" | "bought" | "porting" | "done" | "refused";
  carrier: string | null;
  words: string | null;
  note: string | null;
}

export interface RegistrationStep {
  at: Instant;
  of: "brand" | "campaign";
  state: "submitted" | "approved" | "refused";
  note: string | null;
}

export interface StartSteps {
  number: boolean;
  people: boolean;
  tried: boolean;
}

export interface TeamName {
  id: Uuid;
  name: string;
}

export interface ClinicNumbers {
  numbers: OurNumber[];
  orders: WantedNumber[];
  registration: RegistrationStep[];
  teams: TeamName[];
  area_code: string | null;
  may_order: boolean;
  start: StartSteps;
}

export interface NumberOffer {
  number: string;
}

export interface NumberOffers {
  code: string;
  offers: NumberOffer[];
  none_in: string[];
}

export type PlanName = "none" | "trial" | "paid" | "suspended";

export interface PlanWish {
  wants: "trial" | "paid";
  by: string;
  at: Instant;
  words: string;
  area_code: string | null;
}

export interface PlanStep {
  at: Instant;
  before: PlanName;
  plan: PlanName;
  ends_at: Instant | null;
}

export interface ClinicPlan {
  plan: PlanName;
  ends_at: Instant | null;
  may_send: boolean;
  had_trial: boolean;
  wish: PlanWish | null;
  steps: PlanStep[];
  text_price: string | null;
  plan_price: string | null;
}

export type ActorKind = "staff" | "program" | "patient" | "proxy" | "carrier" | "system" | "visitor";

export type ActSort = "looked" | "took_out" | "wrote" | "sent" | "changed" | "portal" | "signed_in" | "set_up";

export interface AuditPerson {
  kind: ActorKind;
  id: Uuid | null;
  name: string;
}

export interface AuditPatient {
  id: Uuid;
  name: string;
}

export interface AuditLine {
  id: Uuid;
  at: Instant;
  did: string;
  sort: ActSort | null;
  words: string;
  who: AuditPerson;
  patient: AuditPatient | null;
  outcome: string;
  source: string | null;
  session: Uuid | null;
  number: number | null;
}

export interface AuditPage {
  lines: AuditLine[];
  next: string | null;
}

export interface SeenAs {
  did: string;
  words: string;
  times: number;
}

export interface Seer {
  who: AuditPerson;
  times: number;
  first: Instant;
  last: Instant;
  sources: string[];
  ways: SeenAs[];
}

export interface Seers {
  patient: AuditPatient;
  seers: Seer[];
}

export interface Piece {
  text: string;
  hit: boolean;
}

export interface Hit {
  kind: DraftKindName;
  id: Uuid;
  conversation: Uuid;
  team: Uuid;
  patient: RowPatient;
  number: number;
  at_message: number;
  by: string;
  at: Instant;
  snippet: Piece[];
}

export interface Found {
  patients: Patient[];
  hits: Hit[];
  next: string | null;
}

export interface Beside {
  id: Uuid;
  team: Uuid;
  state: "open" | "done";
  first_at: Instant | null;
  last_at: Instant | null;
  who: string | null;
  line: string | null;
}

export interface PatientConversations {
  conversations: Beside[];
}

export interface PatientContact {
  id: Uuid;
  kind: "phone" | "email";
  value: string;
  display: string;
  preferred: boolean;
  label: "mobile" | "home" | "work" | null;
  owner: RelationName | null;
  owner_name: string | null;
  line: "mobile" | "landline" | "voip" | null;
  line_from: "staff" | "carrier" | null;
  verified_at: Instant | null;
  verified_how: "link" | "answer" | "staff" | null;
  proven_at: Instant | null;
  shared: boolean;
  paused: boolean;
  why: string | null;
  words: string | null;
}

export interface PatientContacts {
  patient: Uuid;
  rev: number;
  contacts: PatientContact[];
}

export interface Group {
  id: Uuid;
  name: string;
  patients: number;
}

export interface GroupRef {
  id: Uuid;
  name: string;
}

export interface GroupMember {
  patient: RowPatient;
  date_of_birth: Day | null;
  mrn: string | null;
  phone_end: string | null;
}

export interface GroupPage {
  members: GroupMember[];
  next: Uuid | null;
}

export interface Guarded {
  sensitive: boolean;
  named: Colleague[];
}

export interface Glass {
  id: Uuid;
  by: Colleague;
  patient: Uuid;
  name: string;
  reason: string;
  began_at: Instant;
  ends_at: Instant;
  lasts: boolean;
}

export interface Glasses {
  glasses: Glass[];
}

export interface Alarm {
  id: Uuid;
  kind: string;
  at: Instant;
  many: number;
  who: Colleague | null;
  seen_at: Instant | null;
  seen_by: Colleague | null;
  note: string;
}

export interface Alarms {
  alarms: Alarm[];
}

export interface UnusualRead {
  who: AuditPerson;
  patient: AuditPatient;
  why: string[];
  times: number;
  first: Instant;
  last: Instant;
}

export interface UnusualReads {
  reads: UnusualRead[];
  next: string | null;
}

export interface Unopened {
  conversation: Uuid;
  team: string;
  waits_since: Instant | null;
  choices: Colleague[];
}

export type SortName = "recent" | "name";

export interface Listed {
  id: Uuid;
  rev: number;
  name: string;
  first_name: string;
  last_name: string;
  initials: string;
  born: number | null;
  phone_end: string | null;
  has_email: boolean;
  mrn: string | null;
  language: string;
  incomplete: boolean;
  archived: boolean;
  deceased: boolean;
  last_at: Instant | null;
}

export interface Listing {
  sort: SortName;
  patients: Listed[];
  next: string | null;
  total: number | null;
}

export type StepName = "accepted" | "delivered" | "fetched" | "pressed" | "confirmed" | "viewed";

export type EvidenceName =
  | "written"
  | "accepted"
  | "delivered"
  | "failed"
  | "uncertain"
  | "cancelled"
  | "fetched"
  | "pressed"
  | "confirmed"
  | "viewed"
  | "recalled"
  | "moved";

export interface EvidenceStep {
  name: StepName;
  at: Instant | null;
}

export interface EvidenceEvent {
  name: EvidenceName;
  at: Instant;
  by?: Carrier | null;
  to?: string | null;
  is_reminder?: boolean;
  words?: string | null;
  device?: string | null;
  who?: string | null;
}

export interface EvidenceRecord {
  message: Uuid;
  conversation: Uuid;
  number: number;
  via: ViaName;
  patient: string;
  writer: string;
  as_of: Instant;
  steps: EvidenceStep[];
  events: EvidenceEvent[];
}

export interface Evidence {
  record: EvidenceRecord;
  sha256: string;
}

export interface HandsetLine {
  id: Uuid;
  ours: boolean;
  at: Instant;
  words: string;
}

export interface HandsetPhone {
  phone: string;
  number_id: Uuid;
  number: string;
  lines: HandsetLine[];
}

export interface Handset {
  numbers: string[];
  phones: HandsetPhone[];
}

export interface Span {
  opens: string;
  closes: string;
}

export interface Hours {
  week: Span[][];
  closed?: Day[];
  answers_in?: number;
  unit?: "business_days" | "business_hours";
  patients_may_start?: boolean;
  goal_minutes?: number | null;
}

export interface HoursNow {
  is_open: boolean;
  changes_at: Instant | null;
}

export interface Opening {
  opens: Instant;
  closes: Instant;
}

export interface OnCall {
  user: Colleague;
  until: Instant;
  by_plan: boolean;
}

export interface Roster {
  team: Uuid;
  on_call: OnCall[];
  choices: Colleague[];
  can_change: boolean;
  has_plan: boolean;
}

export interface TeamHours {
  team: Uuid;
  name: string;
  zone: string;
  hours: Hours | null;
  now: HoursNow | null;
  can_change: boolean;
  openings_from: Instant;
  openings: Opening[];
  on_call: OnCall[];
  on_call_changes_at: Instant | null;
}

export type AlertKind = "wait" | "unassigned" | "undelivered" | "nobody";

export interface AlertRule {
  id: Uuid;
  team: Uuid | null;
  kind: AlertKind;
  over: number;
  mail_after: number | null;
}

export interface Alert {
  id: Uuid;
  team: Uuid;
  kind: AlertKind;
  at: Instant;
  over: number;
  reached: number;
  acknowledged_at: Instant | null;
  acknowledged_by: Colleague | null;
  mailed_at: Instant | null;
  resolved_at: Instant | null;
}

export interface AlertRules {
  rules: AlertRule[];
}

export interface AlertPage {
  alerts: Alert[];
  next: Uuid | null;
}

export interface Standing {
  waiting: number;
  oldest: Instant | null;
  unassigned: number;
  not_read: number;
  undelivered: number;
  replies: number;
  half: number | null;
  most: number | null;
}

export interface BoardTeam {
  team: Uuid;
  name: string;
  reads: boolean;
  now: Standing;
  is_open: boolean | null;
  came: number[];
  on: Colleague[];
  on_call: OnCall[];
}

export interface LongWait {
  conversation: Uuid;
  team: Uuid;
  who: string;
  since: Instant;
  open_seconds: number;
  assignee: Colleague | null;
}

export interface Board {
  now: Instant;
  day: Day;
  zone: string;
  total: Standing;
  teams: BoardTeam[];
  alerts: Alert[];
  longest: LongWait[];
}

export interface MyUser {
  id: Uuid;
  name: string;
  initials: string;
  role: "member" | "supervisor" | "admin" | "operator";
}

export interface PrivateWords {
  more: string[];
  fewer: string[];
}

export interface MyOrganization {
  id: Uuid;
  name: string;
  phone: string;
  zone: string;
  plan: PlanName;
  plan_ends_at: Instant | null;
  is_starting: boolean;
  review_age: number;
  claim_minutes: number;
  broadcast_alone: number;
  broadcast_most: number;
  private_words: PrivateWords;
}

export interface Flag {
  conversation: Uuid;
  task: Uuid;
  number: number;
}

export interface MyTeam {
  id: Uuid;
  name: string;
  is_member: boolean;
  numbers: string[];
  needs_reply: number;
  unread: number;
  oldest_wait: Instant | null;
  strays: number;
  urgent?: Flag[];
  urgent_strays?: Uuid[];
  labels?: Record<string, string>;
}

export interface NumberLine {
  team: Uuid;
  team_name: string;
  number: string;
  label: string | null;
}

export interface Limits {
  body: number;
  plain: number;
  undo_seconds: number;
  lock_seconds: number;
}

export interface Mention {
  note: Note;
  team: Uuid;
  patient: RowPatient;
  seen_at: Instant | null;
}

export interface Here {
  user: MyUser;
  clinic: string;
  locked: boolean;
  csrf: string;
}

export interface BesideMe {
  user: MyUser;
  base: string;
}

export interface Others {
  people: BesideMe[];
  free: string | null;
}

export interface SavedView {
  tag?: Uuid | null;
  assignee?: string | null;
  language?: LanguageName | null;
  way?: SendableName | null;
  waiting?: number | null;
  id: Uuid;
  name: string;
  team: Uuid | null;
  view: View;
}

export interface Me {
  user: MyUser;
  organization: MyOrganization;
  teams: MyTeam[];
  csrf: string;
  build: string;
  limits: Limits;
  sending: WayOut[];
  mentions: number;
  tags: Tag[];
  saved_views: SavedView[];
  push_key: string | null;
  session_ends_at: Instant;
  is_new?: boolean;
  letters?: number;
}

export type ReplyContentName = "private" | "may_be_plain";

export interface SavedReply {
  id: Uuid;
  title: string;
  shortcut: string;
  bodies: Record<string, string>;
  content: ReplyContentName;
  team: Uuid | null;
}

export interface SavedReplies {
  replies: SavedReply[];
}

export type ReportName =
  | "volumes"
  | "first_replies"
  | "first_replies_by_hour"
  | "waiting"
  | "busy_hours"
  | "viewed"
  | "failures"
  | "identity"
  | "opt_outs"
  | "broadcasts"
  | "not_reached_by_language"
  | "not_reached_by_contact";

export type Labels = "day" | "week" | "hour" | "language" | "words";

export type Unit = "count" | "seconds";

export interface ReportColumn {
  name: string;
  unit?: Unit;
}

export interface ReportRow {
  label: string;
  values: (number | null)[];
}

export interface Report {
  name: ReportName;
  first: Day;
  last: Day;
  zone: string;
  labels: Labels;
  head: string;
  columns: ReportColumn[];
  rows: ReportRow[];
  total?: ReportRow | null;
}

export interface SignOnProvider {
  issuer: string;
  client_id: string;
  domains: string[];
}

export interface SignOnSetting {
  provider: SignOnProvider | null;
  on: boolean;
  only: boolean;
  two_steps: boolean;
  break_glass: string[];
  back: string;
}

export interface SignOnTested {
  why: string | null;
}

export interface RotaTurn {
  begins: string;
  ends: string;
  user: Uuid;
}

export interface RotaDate {
  date: Day;
  turns: RotaTurn[];
}

export interface Rota {
  week: RotaTurn[][];
  dates?: RotaDate[];
}

export interface TeamRota {
  team: Uuid;
  zone: string;
  rota: Rota;
  choices: Colleague[];
  can_change: boolean;
}

export type RoleName = "member" | "supervisor" | "admin";

export interface Worker {
  id: Uuid;
  name: string;
  initials: string;
  email: string;
  role: RoleName;
  teams: Uuid[];
  state: "active" | "left";
  seen_at: Instant | null;
  left_at: Instant | null;
  has_code: boolean;
}

export interface Invitation {
  id: Uuid;
  name: string;
  email: string;
  role: RoleName;
  teams: Uuid[];
  by: Colleague;
  at: Instant;
  ends_at: Instant;
  opens: boolean;
  anew: boolean;
}

export interface ClinicTeam {
  id: Uuid;
  name: string;
  numbers: string[];
  open: number;
}

export interface ClinicPeople {
  people: Worker[];
  invites: Invitation[];
  teams: ClinicTeam[];
}

export interface MembershipStep {
  id: Uuid;
  at: Instant;
  who: Colleague;
  began: boolean;
  by: Colleague | null;
}

export interface TeamHistory {
  steps: MembershipStep[];
  next: Uuid | null;
}

export interface MySession {
  id: Uuid;
  began_at: Instant;
  seen_at: Instant;
  ends_at: Instant;
  device: string | null;
  source: string | null;
  is_locked: boolean;
  is_this: boolean;
}

export interface MyPasskey {
  id: Uuid;
  name: string;
  added_at: Instant;
  used_at: Instant | null;
}

export interface MyAccount {
  email: string;
  codes_left: number;
  codes_since: Instant | null;
  passkeys: MyPasskey[];
}

export interface MySessions {
  sessions: MySession[];
}

export interface Hook {
  id: Uuid;
  url: string;
  kinds: string[];
  by: string;
  made_at: Instant;
  disabled: string | null;
  disabled_at: Instant | null;
  old_until: Instant | null;
}

export interface Hooks {
  hooks: Hook[];
  secret?: string | null;
}

export interface Telling {
  id: Uuid;
  event: Uuid;
  kind: string;
  at: Instant;
  state: "waiting" | "told" | "failed" | "stopped";
  tries: number;
  status: number | null;
  why: string | null;
  tried_at: Instant | null;
}

export interface Tellings {
  tellings: Telling[];
  next: Uuid | null;
}

export type KeyState = "active" | "revoked" | "ended" | "no_admin";

export interface ApiKey {
  id: Uuid;
  name: string;
  ending: string;
  scopes: string[];
  teams: Uuid[] | null;
  by: string;
  made_at: Instant;
  ends_at: Instant;
  last_used_at: Instant | null;
  state: KeyState;
}

export interface KeyTeam {
  id: Uuid;
  name: string;
}

export interface ApiKeys {
  keys: ApiKey[];
  teams: KeyTeam[];
  made?: string | null;
}

export type SameBy = "name_and_birth_date" | "phone_and_first_name" | "email_and_first_name";

export interface Duplicate {
  patient: Patient;
  evidence: SameBy[];
}

export interface Merged {
  id: Uuid;
  name: string;
  at: Instant;
  by: string | null;
  until: Instant;
}

export interface SamePerson {
  duplicates: Duplicate[];
  merges: Merged[];
}

export interface Pair {
  one: Patient;
  other: Patient;
  evidence: SameBy[];
}

export interface Pairs {
  pairs: Pair[];
  more: boolean;
}

export interface MovingConversation {
  team: Uuid;
  earlier: boolean;
  scheduled: number;
}

export interface MergeAhead {
  kept: Patient;
  merged: Patient;
  evidence: SameBy[];
  conversations: MovingConversation[];
  groups: number;
  tags: number;
  acting: number;
}

export interface StaffMessagePosted {
  kind: "message.posted";
  n: number;
  row: Row;
  messages: Message[];
}

export interface StaffDeliveryChanged {
  kind: "delivery.changed";
  n: number;
  row: Row;
  messages: Message[];
}

export interface StaffMessageChanged {
  kind: "message.changed";
  n: number;
  row: Row;
  messages: Message[];
}

export interface StaffMessageViewed {
  kind: "message.viewed";
  n: number;
  row: Row;
  messages: Message[];
}

export interface StaffNoteWritten {
  kind: "note.written";
  n: number;
  notes: Note[];
}

export interface StaffMentioned {
  kind: "note.mentioned";
  n: number;
  conversation: Uuid;
  note: Uuid;
  by: Colleague;
}

export interface StaffMentionsSeen {
  kind: "mentions.seen";
  n: number;
  conversation: Uuid;
}

export interface StaffDraftChanged {
  kind: "draft.changed";
  n: number;
  conversation: Uuid;
  kept: boolean;
  screen?: Uuid | null;
}

export interface StaffConversationChanged {
  kind: "conversation.changed";
  n: number;
  row: Row;
  events?: WorkEvent[];
}

export interface StaffPatientChanged {
  kind: "patient.changed";
  n: number;
  patient: RowPatient;
  rows: Row[];
}

export interface StaffStraysChanged {
  kind: "strays.changed";
  n: number;
  team: Uuid;
  urgent?: boolean;
}

export interface StaffPaged {
  kind: "on_call.paged";
  n: number;
  team: Uuid;
  conversation: Uuid;
  task: Uuid;
  number: number;
}

export interface StaffHoursChanged {
  kind: "hours.changed";
  n: number;
  team: Uuid;
}

export interface StaffAlertsChanged {
  kind: "alerts.changed";
  n: number;
  alert: Uuid | null;
}

export interface StaffPlanChanged {
  kind: "plan.changed";
  n: number;
}

export interface StaffOrganizationChanged {
  kind: "organization.changed";
  n: number;
}

export interface StaffNumbersChanged {
  kind: "numbers.changed";
  n: number;
}

export interface StaffTagsChanged {
  kind: "tags.changed";
  n: number;
}

export interface StaffPatientTagsChanged {
  kind: "patient_tags.changed";
  n: number;
  tag: Uuid;
}

export interface StaffGroupsChanged {
  kind: "groups.changed";
  n: number;
  group: Uuid;
}

export interface StaffEntryChanged {
  kind: "entry.changed";
  n: number;
  patient: Uuid;
}

export interface StaffImportsChanged {
  kind: "imports.changed";
  n: number;
  run: Uuid;
}

export interface StaffBroadcastsChanged {
  kind: "broadcasts.changed";
  n: number;
  broadcast: Uuid;
}

export interface StaffViewsChanged {
  kind: "views.changed";
  n: number;
}

export interface StaffRepliesChanged {
  kind: "replies.changed";
  n: number;
}

export interface StaffSendingChanged {
  kind: "sending.changed";
  n: number;
}

export interface StaffMembershipBegan {
  kind: "membership.began";
  n: number;
  user: Uuid;
  team: Uuid;
}

export interface StaffMembershipEnded {
  kind: "membership.ended";
  n: number;
  user: Uuid;
  team: Uuid;
}

export interface StaffPeopleChanged {
  kind: "people.changed";
  n: number;
  users: Uuid[];
  teams?: boolean;
}

export interface StaffConversationRemoved {
  kind: "conversation.removed";
  n: number;
  conversation: Uuid;
}

export interface StaffConversationLeft {
  kind: "conversation.left";
  n: number;
  conversation: Uuid;
  team: Uuid;
}

export interface StaffConversationSeen {
  kind: "conversation.seen";
  n: number;
  conversation: Uuid;
  number: number;
}

export interface StaffSessionEnded {
  kind: "session.ended";
  n: number;
}

export interface StaffSessionLocked {
  kind: "session.locked";
  n: number;
}

export type StaffFact =
  | StaffMessagePosted
  | StaffDeliveryChanged
  | StaffMessageChanged
  | StaffMessageViewed
  | StaffNoteWritten
  | StaffMentioned
  | StaffPaged
  | StaffMentionsSeen
  | StaffDraftChanged
  | StaffConversationChanged
  | StaffPatientChanged
  | StaffEntryChanged
  | StaffStraysChanged
  | StaffHoursChanged
  | StaffAlertsChanged
  | StaffPlanChanged
  | StaffOrganizationChanged
  | StaffNumbersChanged
  | StaffTagsChanged
  | StaffPatientTagsChanged
  | StaffGroupsChanged
  | StaffImportsChanged
  | StaffBroadcastsChanged
  | StaffViewsChanged
  | StaffRepliesChanged
  | StaffSendingChanged
  | StaffMembershipBegan
  | StaffMembershipEnded
  | StaffPeopleChanged
  | StaffConversationRemoved
  | StaffConversationLeft
  | StaffConversationSeen
  | StaffSessionEnded
  | StaffSessionLocked;

export type SignalKind = "typing" | "viewing" | "gone";

export type AfreshWhy = "epoch" | "too_far" | "unknown";

export interface HelloStream {
  id: Uuid;
  epoch: string;
  after: number;
}

export interface Hello {
  t: "hello";
  streams?: HelloStream[];
  build?: string | null;
}

export interface SignalSent {
  t: "signal";
  kind: SignalKind;
  conversation: Uuid;
}

export type ClientFrame = Hello | SignalSent;

export interface PortalMessagePosted {
  kind: "message.posted";
  n: number;
  conversation: Uuid;
  messages: PortalMessage[];
}

export interface PortalMessageChanged {
  kind: "message.changed";
  n: number;
  conversation: Uuid;
  messages: PortalMessage[];
}

export interface PortalMessageViewed {
  kind: "message.viewed";
  n: number;
  conversation: Uuid;
  messages: PortalMessage[];
}

export interface PortalSessionEnded {
  kind: "session.ended";
  n: number;
}

export interface PortalLinkEnded {
  kind: "link.ended";
  n: number;
}

export type PortalFact =
  | PortalMessagePosted
  | PortalMessageChanged
  | PortalMessageViewed
  | PortalSessionEnded
  | PortalLinkEnded;

export interface Facts {
  t: "facts";
  stream: Uuid;
  at: number;
  list: StaffFact[];
}

export interface PortalFacts {
  t: "facts";
  stream: Uuid;
  at: number;
  list: PortalFact[];
}

export interface Live {
  t: "live";
  streams: Record<Uuid, number>;
}

export interface Afresh {
  t: "afresh";
  stream: Uuid;
  why: AfreshWhy;
}

export interface Beat {
  t: "beat";
  streams: Record<Uuid, number>;
  now: Instant;
}

export interface Who {
  kind: "staff" | "patient";
  id: Uuid | null;
  name: string;
  observes?: boolean;
}

export interface Signal {
  t: "signal";
  kind: SignalKind;
  conversation: Uuid;
  who: Who;
}

export interface Refused {
  t: "refused";
  code: "wrong_shape" | "unknown";
}

export type ServerFrame = Facts | Live | Afresh | Beat | Signal | Refused;

export type PortalFrame = PortalFacts | Live | Afresh | Beat | Signal | Refused;
