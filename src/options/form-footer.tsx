/** The end of a form: its button, and what became of pressing it. */
import type { JSX } from 'preact';
import { type Saving, Why } from '../ui/saving.tsx';
import type { Say } from '../words.ts';

export const FormFooter = ({
  say,
  saving,
  button = 'optionsSave',
  saved = 'optionsSaved',
}: {
  say: Say;
  saving: Saving;
  button?: string;
  saved?: string;
}): JSX.Element => (
  <>
    <div class="actions">
      <button type="submit" class="button">
        {say(button)}
      </button>
      <span class="soft" role="status">
        {saving.saved ? say(saved) : ''}
      </span>
    </div>
    <Why say={say} why={saving.why} />
  </>
);

/** How every form of the options asks to have the settings kept. */
export const NO_ANSWER = 'optionsNoAnswer';
