/** Next steps that are due: ticked off here, and only here. */
import type { JSX } from 'preact';
import type { FollowUp } from '../contract.ts';
import type { Dates } from '../dates.ts';
import type { Say } from '../words.ts';

export const FollowUps = ({
  say,
  when,
  steps,
  onMark,
}: {
  say: Say;
  when: Dates;
  steps: readonly FollowUp[];
  onMark: (step: FollowUp, done: boolean) => void;
}): JSX.Element => (
  <ul class="follow-ups">
    {steps.map((step) => (
      <li key={`${step.activity}/${step.step}`} class={step.done ? 'done' : step.overdue ? 'overdue' : ''}>
        <label>
          <input type="checkbox" checked={step.done} onChange={(event) => onMark(step, event.currentTarget.checked)} />
          <span class="follow-up">
            <bdi class="follow-up-text">{step.text}</bdi>
            <span class="soft">
              {step.people.length > 0 && <bdi>{step.people.join(', ')}</bdi>}
              {step.people.length > 0 && ' · '}
              <span class="follow-up-due">
                {step.done
                  ? say('dashFollowUpDone')
                  : say(step.overdue ? 'dashFollowUpOverdue' : 'dashFollowUpDue', when.date(step.due))}
              </span>
            </span>
          </span>
        </label>
      </li>
    ))}
  </ul>
);
