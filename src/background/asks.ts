/** The shape of every question, checked at the door: `unknown` becomes a typed value or a refusal, once. */
import * as v from 'valibot';
import type { Ask, Message } from '../contract.ts';
import { ROUTES } from '../domain/activity.ts';
import { MAP_PARTS } from '../domain/crm-status.ts';
import { ACT_TYPES, type Act } from '../domain/decide.ts';
import { day, instant, SHAPES } from '../domain/events/shapes.ts';
import { CHANNELS, ERASURE_GROUNDS, METHODS } from '../domain/events/words.ts';
import { LONGEST_LINE } from '../domain/form.ts';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const line = v.pipe(v.string(), v.maxLength(LONGEST_LINE));
const short = v.pipe(v.string(), v.maxLength(2_000));
const command = v.object({ commandId: id, contact: id });
const route = v.picklist(ROUTES);
const language = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u));
const nothing = v.null();
const ownValue = v.nullable(v.union([short, v.pipe(v.number(), v.finite()), v.boolean()]));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const effort = v.object({ keys: count, beyond: count, clicks: count, seconds: count });

/** What has a message of its own, and what no surface asks for: two people become one where directories do. */
const NOT_ASKED: readonly string[] = ['evidence.attached', 'record.merged'];
const ASKABLE = ACT_TYPES.filter((type) => !NOT_ASKED.includes(type));

/** An act by its type, its payload as the ledger would take it. */
const act = v.pipe(
  v.object({ type: v.picklist(ASKABLE), payload: v.unknown(), occurredAt: v.exactOptional(instant) }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const read = v.safeParse(SHAPES[dataset.value.type], dataset.value.payload);
    for (const { message } of read.success ? [] : read.issues) addIssue({ message });
  }),
  v.transform((read) => read as Act),
);
/** An artefact: a mail's text, a picture as a data address. */
const artefact = v.pipe(v.string(), v.maxLength(5_000_000));

export const ASKS: { readonly [M in Message]: v.GenericSchema<unknown, Ask<M> extends undefined ? null : Ask<M>> } = {
  badge: nothing,
  badgeClicked: v.object({ visible: v.boolean() }),
  badgeTaken: nothing,
  openForm: nothing,
  saveDraft: v.object({ formId: id, text: line }),
  preview: v.object({ formId: id, text: line }),
  choosePerson: v.object({ formId: id, mention: short, person: id }),
  answerInForm: v.object({ formId: id, field: short, value: ownValue }),
  findPeople: v.object({ formId: id, words: short, inCrm: v.exactOptional(v.boolean()) }),
  findByEmail: v.object({
    formId: id,
    people: v.pipe(v.array(v.object({ email: short, name: short })), v.maxLength(100)),
  }),
  commit: v.object({ formId: id, text: line, armed: v.boolean(), effort: v.exactOptional(effort) }),
  burden: v.object({ activity: v.nullable(id) }),
  undo: v.object({ activity: id }),
  progress: v.object({ activity: id }),
  frameReady: v.object({ height: v.pipe(v.number(), v.finite()) }),
  closePanel: nothing,
  dockPanel: nothing,
  continueInPopup: nothing,
  openDashboard: v.object({
    view: v.exactOptional(v.picklist(['today', 'contacts', 'held', 'requests', 'evidence'])),
    contact: v.exactOptional(id),
  }),
  today: nothing,
  contacts: nothing,
  findContacts: v.object({ words: short }),
  held: nothing,
  timeline: v.object({ contact: id }),
  prepareNotice: v.object({ contact: id, route, language }),
  attemptNotice: v.object({ ...command.entries, route, language }),
  confirmTold: v.object({ ...command.entries, attempt: id }),
  noticeFailed: v.object({ ...command.entries, ref: id, reason: v.picklist(['bounced', 'returned', 'not_sent']) }),
  raiseObjection: v.object({ ...command.entries, scope: v.picklist(['general', 'direct_marketing']) }),
  voidFact: v.object({ ...command.entries, ref: id }),
  verify: nothing,
  act: v.object({ ...command.entries, act, words: v.exactOptional(short) }),
  recordConsent: v.object({
    ...command.entries,
    consent: v.object({
      purposes: v.pipe(v.array(id), v.minLength(1), v.maxLength(20)),
      channels: v.pipe(v.array(v.picklist(CHANNELS)), v.minLength(1), v.maxLength(CHANNELS.length)),
      method: v.picklist(METHODS),
      affirmative: v.boolean(),
      givenOn: day,
      text: v.object({ name: id, words: v.pipe(v.string(), v.minLength(1), v.maxLength(50_000)), shownOn: day }),
      proof: v.nullable(v.object({ name: short, text: artefact })),
      validUntil: v.nullable(day),
    }),
  }),
  attachEvidence: v.object({
    ...command.entries,
    ref: id,
    kind: v.picklist(['mail', 'letter', 'photo', 'signature', 'witness', 'other']),
    name: short,
    text: artefact,
  }),
  desk: nothing,
  exportAccess: v.object({ ...command.entries, portable: v.exactOptional(v.boolean()) }),
  erase: v.object({ ...command.entries, ground: v.picklist(ERASURE_GROUNDS) }),
  policy: nothing,
  changePolicy: v.object({
    commandId: id,
    reason: short,
    changes: v.pipe(
      v.array(
        v.object({
          jurisdiction: short,
          parameter: short,
          value: v.unknown(),
          source: short,
          mark: v.picklist(['default', 'approved']),
        }),
      ),
      v.minLength(1),
      v.maxLength(200),
    ),
  }),
  retry: v.object({ activity: id }),
  syncNow: nothing,
  reopen: v.object({ activity: id }),
  closeAgain: v.object({ activity: id }),
  takeBack: v.object({ commandId: id, activity: id }),
  restore: v.object({ commandId: id, activity: id }),
  keepPrivate: v.object({ commandId: id, activity: id }),
  markStep: v.object({
    commandId: id,
    activity: id,
    step: v.pipe(v.number(), v.integer(), v.minValue(0)),
    done: v.boolean(),
  }),
  recognise: v.object({ address: short }),
  connections: nothing,
  connect: v.object({
    address: short,
    clientId: short,
    credentials: v.exactOptional(v.union([v.object({ key: short }), v.object({ user: short, password: short })])),
    session: v.exactOptional(v.literal(true)),
  }),
  testConnection: v.object({ connection: id }),
  answerOwn: v.object({ connection: id, field: short, value: ownValue }),
  placeStatus: v.object({ connection: id, part: v.picklist(MAP_PARTS), field: v.nullable(short) }),
  disconnect: v.object({ connection: id }),
  directories: nothing,
  pullDirectory: v.object({
    connection: id,
    scope: v.exactOptional(v.picklist(['mine_and_recent', 'all_visible'])),
  }),
  cancelPull: v.object({ connection: id }),
  startAnew: nothing,
  settings: nothing,
  saveSettings: v.object({
    controller: v.object({
      name: short,
      privacyContact: short,
      zone: short,
      country: v.exactOptional(short),
      noticePage: v.exactOptional(short),
      holidays: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.isoDate())), v.maxLength(1_000))),
    }),
    zoneAssumed: v.boolean(),
    worksAlone: v.boolean(),
  }),
};
