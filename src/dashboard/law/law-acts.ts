/** Acts, exports and erasures as commands: the same command twice makes one fact. */
import type { Sentence } from '../../contract.ts';
import type { Consented } from '../../domain/decide.ts';
import { type Refused, refusedIn, useCommand } from '../commands.ts';
import type { Hands, Who } from '../hands.ts';
import type { Show } from '../toast.tsx';
import type { Became } from './act-form.tsx';
import { ticked, type Values } from './fields.ts';
import { KINDS, type Kind, type Wanted } from './kinds.ts';

export interface LawActs {
  readonly onAct: (who: Who, wanted: Wanted, said: Values) => Promise<Became>;
  /** One that needs no form. */
  readonly onPlain: (
    who: Who,
    type: 'request.acknowledged' | 'request.identity_requested' | 'request.identity_ok' | 'request.started',
    ref: string,
  ) => Promise<void>;
  readonly onExport: (who: Who, portable: boolean) => Promise<void>;
}

/** A file, or the words of it; null where neither was given. */
const proofIn = (said: Values, name: string): { readonly name: string; readonly text: string } | null => {
  if (said.file) return JSON.parse(said.file) as { name: string; text: string };
  return said.words?.trim() ? { name, text: said.words } : null;
};

const consentedIn = (said: Values, proofName: string): Consented => ({
  purposes: ticked(said.purposes),
  channels: ticked(said.channels) as Consented['channels'],
  method: said.method as Consented['method'],
  affirmative: said.affirmative === 'yes',
  givenOn: said.givenOn ?? '',
  text: { name: said.textName ?? '', words: said.text ?? '', shownOn: said.shownOn ?? '' },
  proof: proofIn(said, proofName),
  validUntil: said.validUntil || null,
});

export function useLawActs({ say, ask, newId, save }: Hands, show: Show, onDone: () => void): LawActs {
  const command = useCommand(newId);
  const whyOf = (answer: unknown): Refused | null => refusedIn(answer);

  const after = (answer: unknown, words: Sentence): Became => {
    const refused = whyOf(answer);
    if (refused) return { why: refused.why };
    onDone();
    show(say(words));
    return null;
  };

  const onAct: LawActs['onAct'] = async (who, wanted, said) => {
    const key = `${wanted.kind}/${who.contact}/${wanted.ref}/${JSON.stringify(said)}`;
    const { contact, name } = who;
    if (wanted.kind === 'erase') {
      const answer = await command(key, (commandId) =>
        ask('erase', { commandId, contact, ground: said.ground as never }),
      );
      const refused = whyOf(answer);
      if (refused) return { why: refused.why };
      return 'places' in answer ? { lines: answer.places.map(({ sentence }) => sentence) } : null;
    }
    if (wanted.kind === 'attach') {
      const proof = proofIn(said, say(`proof_${said.kind}`));
      if (!proof) return { why: { key: 'lawProofMissing' } };
      const about = { contact, ref: wanted.ref, kind: said.kind as never, ...proof };
      const answer = await command(key, (commandId) => ask('attachEvidence', { commandId, ...about }));
      return after(answer, { key: 'lawAttached', args: [name] });
    }
    if (wanted.kind === 'consent') {
      const consent = consentedIn(said, say(`method_${said.method}`));
      const answer = await command(key, (commandId) => ask('recordConsent', { commandId, contact, consent }));
      return after(answer, { key: 'lawConsentRecorded', args: [name] });
    }
    const kind: Kind = KINDS[wanted.kind];
    const act = kind.act?.(said, wanted.ref);
    if (!act) return null;
    const words = wanted.kind === 'request' && said.words ? { words: said.words } : {};
    const answer = await command(key, (commandId) => ask('act', { commandId, contact, act, ...words }));
    return after(answer, { key: 'lawRecorded', args: [name] });
  };

  const onPlain: LawActs['onPlain'] = async ({ contact, name }, type, ref) => {
    const answer = await command(`${type}/${ref}`, (commandId) =>
      ask('act', { commandId, contact, act: { type, payload: { ref } } }),
    );
    const refused = whyOf(answer);
    show(refused ? say(refused.why) : say('lawRecorded', name));
  };

  const onExport: LawActs['onExport'] = async ({ contact, name }, portable) => {
    const answer = await command(`export/${contact}/${portable}`, (commandId) =>
      ask('exportAccess', { commandId, contact, portable }),
    );
    const refused = whyOf(answer);
    if (refused || !('text' in answer)) return show(say(refused?.why ?? { key: 'dashNoAnswer' }));
    save(answer.name, answer.type, answer.text);
    show(say('lawExported', name));
  };

  return { onAct, onPlain, onExport };
}
