/** Before saving: what would leave the device, what would be withheld, what stays. The same gate that decides later. */
import type { Preview, PreviewPerson, Sentence } from '../../contract.ts';
import { dates } from '../../dates.ts';
import { type GateDecision, gate, opensWhenTold, type WithheldReason } from '../../domain/gate.ts';
import type { House } from '../house.ts';
import { type Line, type Named, readLine } from '../line.ts';
import { noteOffered, offersIn } from '../offered.ts';
import { folded, type Known, statusOf, stranger } from '../people.ts';
import type { ReadTx } from '../store/store.ts';
import { light } from '../views/light.ts';
import type { Light } from '../views/person.ts';
import { shower, wholeText } from './form.ts';
import type { Handler } from './handler.ts';

const knownOf = (named: Named): Known | null =>
  named.is === 'one' ? named.known : named.is === 'new' ? stranger(named.name) : null;

/** A typed `told` counts for everybody named, before anything leaves: the gate is asked as it will be after saving. */
const weighLine = async (tx: ReadTx, line: Line, lit: Light): Promise<GateDecision> => {
  const connection = line.connection ? ((await tx.get('connections', line.connection)) ?? null) : null;
  const attendees = line.named.flatMap((named) => {
    const known = knownOf(named);
    if (!known) return [];
    const status = statusOf(known, connection, lit.now, lit.rules);
    const told = status.told ?? (line.draft.told ? ({ fact: '' } as NonNullable<typeof status.told>) : null);
    return [{ contact: known.id, status: { ...status, told }, policy: lit.rules.policyFor(known) }];
  });
  return gate(attendees, lit.rules.house);
};

export const preview: Handler<'preview'> = async (house, { formId, text }, { caller }): Promise<Preview> => {
  const empty: Preview = { people: [], leaves: [], withheld: [], stays: [], refusal: { key: 'refuseFormGone' } };
  await house.people.ready();
  const { offered, shown } = await house.store.read(async (tx): Promise<{ offered: string[]; shown: Preview }> => {
    const form = await tx.get('forms', formId);
    if (!form) return { offered: [], shown: empty };
    const whole = wholeText(text, await tx.get('drafts', formId), caller);
    const line = await readLine(tx, house.people, form, whole, house.platform.language());
    const lit = await light(tx, house);
    const decision = await weighLine(tx, line, lit);
    const show = await shower(tx, lit);
    const people = line.named.map((named): PreviewPerson => {
      const span: PreviewPerson['span'] = named.mention ? [named.mention.span.start, named.mention.span.end] : null;
      if (named.is === 'several') {
        const [first] = named.among;
        const person = show(first ?? stranger(named.mention.words));
        return { person, span, isNew: false, alternatives: named.among.map(show), leaves: 'when_told' };
      }
      const known = knownOf(named) as Known;
      const withheld = decision.withheld.find(({ contact }) => contact === known.id);
      return {
        person: show(known),
        span,
        isNew: named.is === 'new',
        alternatives: named.is === 'new' ? named.near.map(show) : [],
        leaves: withheld ? leavesLater(withheld.reason) : known.remoteId ? 'now' : 'never',
      };
    });
    const account = line.connection && line.account ? await tx.get('accounts', [line.connection, line.account]) : null;
    const shown = {
      people,
      ...sentences(house, line, decision, people, account?.name ?? null, lit),
      refusal: refusalOf(line),
    };
    return { offered: offersIn(line).map(({ mention }) => folded(mention.words)), shown };
  });
  await noteOffered(house, formId, offered);
  return shown;
};

/** Whoever waits for somebody else in the log leaves with them. */
const leavesLater = (reason: WithheldReason): PreviewPerson['leaves'] =>
  opensWhenTold(reason) || reason === 'held_with_others' ? 'when_told' : 'never';

/** What the words wait for: everybody's being told, or something that telling does not take away. */
const wordsKey = ({ withheld }: GateDecision): string => {
  if (withheld.some(({ reason }) => reason === 'objected')) return 'previewWithheldWordsObjected';
  const others = withheld.filter(({ reason }) => reason !== 'held_with_others');
  return others.every(({ reason }) => opensWhenTold(reason)) ? 'previewWithheldWords' : 'previewWithheldWordsClosed';
};

const refusalOf = (line: Line): Sentence | null => {
  const several = line.named.find((named) => named.is === 'several');
  return several?.mention ? { key: 'refuseAmbiguousPerson', args: [several.mention.words] } : null;
};

const sentences = (
  { say }: House,
  { draft, connection }: Line,
  decision: GateDecision,
  people: readonly PreviewPerson[],
  account: string | null,
  lit: Light,
): Pick<Preview, 'leaves' | 'withheld' | 'stays'> => {
  const list = (names: readonly string[]): string =>
    new Intl.ListFormat(lit.language, { type: 'conjunction' }).format(names);
  const either = (names: readonly string[]): string =>
    new Intl.ListFormat(lit.language, { type: 'disjunction' }).format(names);
  const names = (leaves: PreviewPerson['leaves']): readonly string[] =>
    people
      .filter((one) => one.leaves === leaves && (one.isNew || one.alternatives.length === 0))
      .map(({ person }) => person.name);
  const words = [
    ...(draft.subject !== null ? [say('partSubject')] : []),
    ...(draft.note !== '' ? [say('partNote')] : []),
    ...(draft.promises.length > 0 ? [say({ key: 'partPromises', count: draft.promises.length })] : []),
    ...(draft.matters.length > 0 ? [say('partMatters')] : []),
    ...(draft.nextSteps.length > 0 ? [say({ key: 'partNextSteps', count: draft.nextSteps.length })] : []),
  ];
  const leaves: Sentence[] = [];
  const withheld: Sentence[] = [];
  const stays: Sentence[] = [];
  if (connection === null) {
    stays.push({ key: 'previewStaysAll' });
  } else {
    const span = dates(draft.when.zone, lit.language, lit.now).span(draft.when.start, draft.when.end);
    const record = [say(`neutral_${draft.kind}`), span, ...(account ? [account] : [])].join(', ');
    if (decision.held) withheld.push({ key: 'previewHeld', args: [record] });
    else leaves.push({ key: 'previewLeavesRecord', args: [record] });
    const now = names('now');
    if (now.length > 0) leaves.push({ key: 'previewLeavesPeople', args: [list(now)] });
    if (words.length > 0 && decision.words) leaves.push({ key: 'previewLeavesWords', args: [list(words)] });
    const later = names('when_told');
    if (later.length > 0) withheld.push({ key: 'previewWithheldPeople', args: [list(later)] });
    if (words.length > 0 && !decision.words) {
      withheld.push({ key: wordsKey(decision), args: [list(words)] });
    }
  }
  for (const one of people) {
    if (one.isNew) {
      stays.push({ key: 'previewStaysNew', args: [one.person.name] });
      const near = one.alternatives.map(({ name, company }) => (company ? `${name} (${company})` : name));
      if (near.length > 0) stays.push({ key: 'previewDidYouMean', args: [either(near)] });
    }
    if (!one.isNew && one.leaves === 'never' && connection !== null)
      stays.push({ key: 'previewStaysPerson', args: [one.person.name] });
  }
  if (draft.private) stays.push({ key: 'previewStaysPrivate' });
  return { leaves, withheld, stays };
};
