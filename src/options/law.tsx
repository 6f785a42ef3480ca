/** The rules of each jurisdiction: what may leave before somebody was told, and who changed it, and why. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { LawView, PolicyView, Sentence } from '../contract.ts';
import type { Dates } from '../dates.ts';
import type { PolicyChange } from '../domain/events/rights.ts';
import { useSaving } from '../ui/saving.tsx';
import type { Say } from '../words.ts';
import { FormFooter, NO_ANSWER } from './form-footer.tsx';

const MODES = ['hold', 'redact_to_minimum', 'allow_with_deadline', 'allow'] as const;
/** "Germany", by the words of `_locales`. */
const lawWord = (say: Say, key: string): string => say(`law_${key.replace('-', '_')}`);
const lawWords = (say: Say, { house }: PolicyView): string =>
  house
    .split('+')
    .map((key) => lawWord(say, key))
    .join(' + ');

export const Law = ({
  say,
  when,
  policy,
  onChange,
}: {
  say: Say;
  when: Dates;
  policy: PolicyView;
  onChange: (reason: string, changes: readonly PolicyChange[]) => Promise<Sentence | null>;
}): JSX.Element => {
  const id = useId();
  const [key, setKey] = useState(policy.house.split('+')[0] ?? '');
  const law = policy.laws.find((one) => one.key === key) ?? policy.laws[0];
  return (
    <>
      <p>{say(policy.assumed ? 'optionsLawAssumed' : 'optionsLawIs', lawWords(say, policy))}</p>
      {policy.problems.length > 0 && (
        <div class="alert" role="alert">
          <ul>
            {policy.problems.map(({ path, problem }) => (
              <li key={path}>{say('optionsLawProblem', path, problem)}</li>
            ))}
          </ul>
        </div>
      )}
      <div class="field">
        <label for={`${id}-law`}>{say('optionsLawOf')}</label>
        <select id={`${id}-law`} value={law?.key} onChange={(event) => setKey(event.currentTarget.value)}>
          {policy.laws.map((one) => (
            <option key={one.key} value={one.key}>
              {lawWord(say, one.key)}
            </option>
          ))}
        </select>
      </div>
      {law && <LawForm key={law.key} say={say} law={law} may={policy.mayChange} onChange={onChange} />}
      {policy.history.length > 0 && (
        <details>
          <summary>{say('optionsLawHistory')}</summary>
          <ul>
            {policy.history.map(({ at, sentence, reason }) => (
              <li key={at}>
                <time class="soft" dateTime={at}>
                  {when.moment(at)}
                </time>{' '}
                {say(sentence)}{' '}
                <q>
                  <bdi>{reason}</bdi>
                </q>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
};

/** "P1M" as people say it; several apply side by side, and the first to end counts. */
const periodsIn = (say: Say, periods: readonly string[]): string => {
  const words = periods.map((period) => {
    const [, count = '', unit = ''] = /^P(\d+)(D|W|M|Y|BD)$/u.exec(period) ?? [];
    return Number(count) === 0
      ? say('periodAtOnce')
      : say({ key: `period${unit}`, args: [count], count: Number(count) });
  });
  return words.length > 0 ? words.join(', ') : say('optionsLawNone');
};

const LawForm = ({
  say,
  law,
  may,
  onChange,
}: {
  say: Say;
  law: LawView;
  may: boolean;
  onChange: (reason: string, changes: readonly PolicyChange[]) => Promise<Sentence | null>;
}): JSX.Element => {
  const id = useId();
  const [untold, setUntold] = useState(law.untold);
  const [onOverdue, setOnOverdue] = useState(law.onOverdue);
  const [backlogUntil, setBacklogUntil] = useState(law.backlogUntil ?? '');
  const [reason, setReason] = useState('');
  const saving = useSaving(NO_ANSWER);
  const change = (parameter: string, value: unknown): PolicyChange => ({
    jurisdiction: law.key,
    parameter,
    value,
    source: say('optionsLawOwn'),
    mark: 'approved',
  });
  const changes = [
    ...(untold === law.untold ? [] : [change('gate.untold', untold)]),
    ...(onOverdue === law.onOverdue ? [] : [change('gate.onOverdue', onOverdue)]),
    ...((backlogUntil || null) === law.backlogUntil ? [] : [change('gate.backlogUntil', backlogUntil || null)]),
  ];
  const mode = (name: string, label: string, value: string, set: (mode: (typeof MODES)[number]) => void) => (
    <div class="field">
      <label for={`${id}-${name}`}>{say(label)}</label>
      <select
        id={`${id}-${name}`}
        value={value}
        disabled={!may}
        onChange={(event) => set(event.currentTarget.value as (typeof MODES)[number])}
      >
        {MODES.map((one) => (
          <option key={one} value={one}>
            {say(`mode_${one}`)}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <form
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        if (changes.length === 0) return saving.refuse({ key: 'optionsLawSame' });
        if (reason.trim() === '') return saving.refuse({ key: 'refuseNoReason' });
        if (await saving.save(() => onChange(reason, changes))) setReason('');
      }}
    >
      <dl class="law">
        <div>
          <dt>{say('optionsLawDirect')}</dt>
          <dd>{periodsIn(say, law.direct)}</dd>
        </div>
        <div>
          <dt>{say('optionsLawIndirect')}</dt>
          <dd>{periodsIn(say, law.indirect)}</dd>
        </div>
        <div>
          <dt>{say('optionsLawRequests')}</dt>
          <dd>{periodsIn(say, law.requests)}</dd>
        </div>
      </dl>
      {mode('untold', 'optionsUntold', untold, setUntold)}
      {mode('overdue', 'optionsOverdue', onOverdue, setOnOverdue)}
      <div class="field">
        <label for={`${id}-backlog`}>{say('optionsBacklogUntil')}</label>
        <input
          id={`${id}-backlog`}
          type="date"
          value={backlogUntil}
          disabled={!may}
          aria-describedby={`${id}-backlog-help`}
          onInput={(event) => setBacklogUntil(event.currentTarget.value)}
        />
        <p id={`${id}-backlog-help`} class="hint">
          {say('optionsBacklogHelp')}
        </p>
      </div>
      <p class="hint">
        {say(law.mark === 'approved' ? 'optionsLawApproved' : 'optionsLawDefault')} <bdi>{law.source}</bdi>
      </p>
      {may ? (
        <>
          <div class="field">
            <label for={`${id}-reason`}>{say('lawReason')}</label>
            <input
              id={`${id}-reason`}
              type="text"
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </div>
          <FormFooter say={say} saving={saving} button="optionsLawChange" saved="optionsLawChanged" />
        </>
      ) : (
        <p class="soft">{say('optionsLawMayNot')}</p>
      )}
    </form>
  );
};
