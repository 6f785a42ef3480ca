// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger, type LoggerProps } from '../../src/ui/quick-log/logger.tsx';
import {
  background,
  buttonNamed,
  click,
  dana,
  draw,
  formOf,
  li,
  lineOf,
  logOf,
  pass,
  person,
  press,
  previewOf,
  sayIn,
  type,
} from './stage.tsx';

const say = sayIn('en');
const LINE = 'met @dana and @li 45m yesterday 3pm, she wants pricing by region >send pricing fri ~~may move to a rival';

const open = async (given: Partial<LoggerProps> & Pick<LoggerProps, 'ask'>): Promise<HTMLElement> => {
  const root = await draw(
    <Logger
      say={say}
      language="en"
      surface="popup"
      armed={() => true}
      onChanged={() => () => undefined}
      onClose={() => undefined}
      {...given}
    />,
  );
  return root;
};
const alert = (root: ParentNode): string => root.querySelector('[role=alert]')?.textContent ?? '';
const never = new Promise<never>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('saving', () => {
  it('asks to commit once while the first Enter is still on its way', async () => {
    const { ask, on } = background();
    on.commit.mockReturnValue(never);
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    await press(lineOf(root), 'Enter');
    expect(on.commit).toHaveBeenCalledTimes(1);
    expect(on.commit).toHaveBeenCalledWith({ formId: 'form-1', text: LINE, armed: true, effort: expect.any(Object) });
  });

  it('presses nothing with a second Enter after the log was saved', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    await press(document.activeElement ?? root, 'Enter');
    expect(root.textContent).toContain('Saved on this device.');
    expect(on.commit).toHaveBeenCalledTimes(1);
    expect(on.openForm).toHaveBeenCalledTimes(1);
  });

  it('keeps the text and says why when saving is refused, and never says saved', async () => {
    const { ask, on } = background();
    on.commit.mockResolvedValue({ is: 'refused', why: { key: 'testSentence', args: ['No space is left.'] } });
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(lineOf(root).value).toBe(LINE);
    expect(alert(root)).toBe('No space is left.');
    expect(root.textContent?.toLowerCase()).not.toContain('saved on');
  });

  it('keeps the text when the background does not answer, and lets the person press Enter again', async () => {
    const { ask, on } = background();
    on.commit.mockRejectedValueOnce(new Error('no answer'));
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(alert(root)).toBe(say('logNoAnswer'));
    expect(lineOf(root).value).toBe(LINE);
    await press(lineOf(root), 'Enter');
    expect(root.textContent).toContain('Saved on this device.');
  });

  it('adds a line with Shift+Enter, saves with Ctrl+Enter, and leaves Enter to an input method that composes', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter', { shiftKey: true });
    await press(lineOf(root), 'Enter', { isComposing: true });
    expect(on.commit).not.toHaveBeenCalled();
    await press(lineOf(root), 'Enter', { ctrlKey: true });
    expect(on.commit).toHaveBeenCalledTimes(1);
  });

  it('saves nothing for an empty line, and says so', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    await press(lineOf(root), 'Enter');
    expect(on.commit).not.toHaveBeenCalled();
    expect(root.textContent).toContain(say('logEmpty'));
  });

  it('goes on with the next form when this one was saved before with other words', async () => {
    const { ask, on } = background();
    on.commit.mockResolvedValueOnce({ is: 'already_saved', log: logOf(), nextFormId: 'form-2' });
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(alert(root)).toBe(say('logSavedBefore'));
    expect(lineOf(root).value).toBe(LINE);
    await press(lineOf(root), 'Enter');
    expect(on.commit).toHaveBeenLastCalledWith({
      formId: 'form-2',
      text: LINE,
      armed: true,
      effort: expect.any(Object),
    });
  });

  it('says for whom it was saved when the tab shows another record by then', async () => {
    const { ask, on } = background();
    on.commit.mockResolvedValue({
      is: 'saved',
      log: logOf(),
      boundElsewhere: { key: 'testSentence', args: ['Saved for Dana Reyes.'] },
    });
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(root.textContent).toContain('Saved for Dana Reyes.');
  });
});

describe('before the background answered', () => {
  it('shows the focused line at once and keeps every key typed meanwhile', async () => {
    const { ask, on } = background();
    let answer: (form: unknown) => void = () => undefined;
    on.openForm.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const root = await open({ ask });
    expect(document.activeElement).toBe(lineOf(root));
    await type(root, 'called @dana');
    answer(formOf());
    await pass(0);
    expect(lineOf(root).value).toBe('called @dana');
  });

  it('saves an Enter that came too early once the form is there', async () => {
    const { ask, on } = background();
    let answer: (form: unknown) => void = () => undefined;
    on.openForm.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const root = await open({ ask });
    await type(root, 'called @dana');
    await press(lineOf(root), 'Enter');
    expect(on.commit).not.toHaveBeenCalled();
    answer(formOf());
    await pass(0);
    expect(on.commit).toHaveBeenCalledTimes(1);
  });

  it('saves no draft that nobody has seen: it is put before the words, and Enter asks again', async () => {
    const { ask, on } = background();
    let answer: (form: unknown) => void = () => undefined;
    on.openForm.mockReturnValue(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const root = await open({ ask });
    await type(root, 'called @dana');
    await press(lineOf(root), 'Enter');
    answer(formOf({ draft: 'older words' }));
    await pass(0);
    expect(on.commit).not.toHaveBeenCalled();
    expect(lineOf(root).value).toBe('older words called @dana');
  });

  it('says so when nobody answers, keeps the text, and tries again', async () => {
    const { ask, on } = background();
    on.openForm.mockRejectedValueOnce(new Error('no answer'));
    const root = await open({ ask });
    await type(root, 'called @dana');
    expect(alert(root)).toContain(say('logNoAnswer'));
    await click(buttonNamed(root, say('logTryAgain')));
    expect(lineOf(root).value).toBe('called @dana');
    expect(alert(root)).toBe('');
  });
});

describe('completing a name', () => {
  it('offers the people at hand at once, with their status in words', async () => {
    const { ask } = background();
    const root = await open({ ask });
    await type(root, 'met @l');
    const options = [...root.querySelectorAll('[role=option]')];
    expect(options.map((option) => option.querySelector('.log-person-name')?.textContent)).toEqual(['Li Wei']);
    expect(options[0]?.textContent).toContain('not told, 12 days left');
    expect(lineOf(root).getAttribute('aria-activedescendant')).toBe(options[0]?.id);
  });

  it('goes through the list with the arrows and picks with Enter without saving', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    await type(root, 'met @');
    await press(lineOf(root), 'ArrowDown');
    await press(lineOf(root), 'Enter');
    expect(lineOf(root).value).toBe('met @Li Wei ');
    expect(on.commit).not.toHaveBeenCalled();
    expect(root.querySelector('[role=listbox]')).toBeNull();
  });

  it('picks with Tab', async () => {
    const { ask } = background();
    const root = await open({ ask });
    await type(root, 'met @da');
    await press(lineOf(root), 'Tab');
    expect(lineOf(root).value).toBe('met @Dana Reyes ');
  });

  it('takes the order of the search with every key, and lets it ask the CRM only once typing has paused', async () => {
    const { ask, on } = background();
    on.findPeople.mockResolvedValue({ people: [person('Linus Okafor', 'due', 4), li], whole: true });
    const root = await open({ ask });
    await type(root, 'met @li');
    expect([...root.querySelectorAll('.log-person-name')].map((name) => name.textContent)).toEqual([
      'Linus Okafor',
      'Li Wei',
    ]);
    expect(on.findPeople).toHaveBeenLastCalledWith({ formId: 'form-1', words: 'li', inCrm: false });
    await pass(400);
    expect(on.findPeople).toHaveBeenLastCalledWith({ formId: 'form-1', words: 'li', inCrm: true });
  });

  it('says that more people may follow while a large directory is still being read', async () => {
    const { ask, on } = background();
    on.findPeople.mockResolvedValueOnce({ people: [li], whole: false });
    on.findPeople.mockResolvedValue({ people: [li], whole: true });
    const root = await open({ ask });
    await type(root, 'met @li');
    expect(root.textContent).toContain(say('logPeopleComing'));
    await pass(400);
    expect(root.textContent).not.toContain(say('logPeopleComing'));
  });

  it('tells two people of one name apart by the pick', async () => {
    const { ask, on } = background();
    const other = { ...li, id: 'li-2', company: 'Vega', idTail: '00042' };
    on.findPeople.mockResolvedValue({ people: [li, other], whole: true });
    const root = await open({ ask });
    await type(root, 'met @li');
    await press(lineOf(root), 'ArrowDown');
    await press(lineOf(root), 'Enter');
    expect(lineOf(root).value).toBe('met @Li Wei ');
    expect(on.choosePerson).toHaveBeenCalledExactlyOnceWith({
      formId: 'form-1',
      mention: 'Li Wei',
      person: 'li-2',
    });
  });

  it('closes the list with Escape and only then the form', async () => {
    const { ask } = background();
    const onClose = vi.fn();
    const root = await open({ ask, onClose });
    await type(root, 'met @li');
    await press(lineOf(root), 'Escape');
    expect(root.querySelector('[role=listbox]')).toBeNull();
    expect(onClose).not.toHaveBeenCalled();
    await press(lineOf(root), 'Escape');
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('offers nobody inside private words', async () => {
    const { ask } = background();
    const root = await open({ ask });
    await type(root, 'met ~~ask @li');
    expect(root.querySelector('[role=listbox]')).toBeNull();
  });
});

describe('what was understood', () => {
  it('shows a chip for each part, and each selects its words in the line', async () => {
    const { ask } = background();
    const root = await open({ ask });
    await type(root, LINE);
    const words = [...root.querySelectorAll('.chip')].map((chip) => chip.textContent);
    expect(words[0]).toContain('Meeting');
    expect(words[2]).toContain('45 min');
    expect(words).toContain('Private');
    await click([...root.querySelectorAll('.chip')].find((chip) => chip.textContent === 'Private'));
    const line = lineOf(root);
    expect(line.value.slice(line.selectionStart, line.selectionEnd)).toBe('~~may move to a rival');
    expect(document.activeElement).toBe(line);
  });

  it('asks which person is meant and tells the background', async () => {
    const { ask, on } = background();
    const [first, second] = [
      person('Anna Berg', 'told'),
      { ...person('Anna Berg', 'backlog'), id: 'anna-2', idTail: 'p9B' },
    ];
    on.preview.mockResolvedValue(
      previewOf({
        people: [{ person: first, span: [4, 9], isNew: false, alternatives: [first, second], leaves: 'never' }],
      }),
    );
    const root = await open({ ask });
    await type(root, 'met @anna 30m');
    await pass(150);
    await click(root.querySelector('.chip.which'));
    await click([...root.querySelectorAll('button.log-person')].find((option) => option.textContent?.includes('p9B')));
    expect(on.choosePerson).toHaveBeenCalledWith({ formId: 'form-1', mention: 'anna', person: 'anna-2' });
    await pass(150);
    expect(on.preview).toHaveBeenCalledTimes(2);
  });

  it('shows what leaves, what is withheld and what stays, and one sentence per person', async () => {
    const { ask, on } = background();
    const sentence = (words: string) => ({ key: 'testSentence', args: [words] });
    on.preview.mockResolvedValue(
      previewOf({
        people: [
          { person: dana, span: [4, 9], isNew: false, alternatives: [], leaves: 'now' },
          { person: li, span: [14, 17], isNew: false, alternatives: [], leaves: 'when_told' },
        ],
        leaves: [sentence('Dana Reyes')],
        withheld: [sentence('The note')],
        stays: [sentence('21 characters')],
      }),
    );
    const root = await open({ ask });
    await type(root, LINE);
    await pass(150);
    const groups = [...root.querySelectorAll('.log-group')].map((group) => group.textContent);
    expect(groups).toEqual(['Leaves my deviceDana Reyes', 'WithheldThe note', 'Stays here21 characters']);
    expect(root.textContent).toContain('Li Wei is not_told.');
    expect(root.textContent).toContain('Halden Freight AG: 12 told, 5 untold');
  });

  it('asks for a preview once typing pauses, and a late answer never replaces a newer one', async () => {
    const { ask, on } = background();
    let late: (preview: unknown) => void = () => undefined;
    on.preview.mockReturnValueOnce(
      new Promise((resolve) => {
        late = resolve;
      }),
    );
    const root = await open({ ask });
    await type(root, 'met');
    await type(root, ' @dana');
    await pass(130);
    expect(on.preview).toHaveBeenCalledTimes(1);
    on.preview.mockResolvedValue(previewOf({ leaves: [{ key: 'testSentence', args: ['newer'] }] }));
    await type(root, ' 30m');
    await pass(130);
    late(previewOf({ leaves: [{ key: 'testSentence', args: ['older'] }] }));
    await pass(0);
    expect(root.querySelector('.log-groups')?.textContent).toContain('newer');
  });

  it('tells those who listen after a pause, not on each key', async () => {
    const { ask, on } = background();
    on.preview.mockResolvedValue(
      previewOf({ people: [{ person: li, span: [4, 7], isNew: false, alternatives: [], leaves: 'when_told' }] }),
    );
    const root = await open({ ask });
    const heard = (): string => root.querySelector('[data-announces=line]')?.textContent ?? '';
    await type(root, 'met @li');
    await pass(200);
    expect(heard()).toBe('');
    await pass(700);
    expect(heard()).toBe('Li Wei is not_told.');
  });

  it('offers to tell somebody in the popup and never in a page', async () => {
    const { ask, on } = background();
    on.preview.mockResolvedValue(
      previewOf({ people: [{ person: li, span: [4, 7], isNew: false, alternatives: [], leaves: 'when_told' }] }),
    );
    const popup = await open({ ask });
    await type(popup, 'met @li 30m');
    await pass(150);
    await click(buttonNamed(popup, say('logTellLabel', 'Li Wei')));
    expect(on.openDashboard).toHaveBeenCalledWith({ view: 'contacts', contact: li.id });
    const panel = await open({ ask, surface: 'panel' });
    await type(panel, 'met @li 30m');
    await pass(150);
    expect(buttonNamed(panel, say('logTellLabel', 'Li Wei'))).toBeUndefined();
  });
});

describe('the draft', () => {
  it('is saved 300 ms after the last key, and at once when the line is left', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    await type(root, 'met');
    await pass(200);
    await type(root, ' @dana');
    await pass(200);
    expect(on.saveDraft).not.toHaveBeenCalled();
    await pass(150);
    expect(on.saveDraft).toHaveBeenCalledWith({ formId: 'form-1', text: 'met @dana' });
    await type(root, ' 30m');
    dispatchEvent(new Event('pagehide'));
    expect(on.saveDraft).toHaveBeenLastCalledWith({ formId: 'form-1', text: 'met @dana 30m' });
  });

  it('is not saved again after the log was', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    await pass(1000);
    expect(on.saveDraft).not.toHaveBeenCalled();
  });

  it('says when the device refuses to keep it', async () => {
    const { ask, on } = background();
    on.saveDraft.mockResolvedValue({ is: 'refused', why: { key: 'testSentence', args: ['No space is left.'] } });
    const root = await open({ ask });
    await type(root, LINE);
    await pass(400);
    expect(alert(root)).toBe('No space is left.');
    expect(lineOf(root).value).toBe(LINE);
  });

  it('restored in a page shows that a private part is kept, without its words', async () => {
    const { ask } = background(formOf({ draft: 'met @dana', privateKept: true }));
    const root = await open({ ask, surface: 'panel' });
    expect(lineOf(root).value).toBe('met @dana');
    expect(root.querySelector('.chip.private')?.textContent).toBe(say('chipPrivateKept'));
    expect(root.innerHTML).not.toContain('~~may');
  });
});

describe('in a page', () => {
  it('commits nothing while it is not armed: the draft is kept and the popup takes over, and it says so', async () => {
    const { ask, on } = background();
    const root = await open({ ask, surface: 'panel', armed: () => false });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(on.commit).not.toHaveBeenCalled();
    expect(on.saveDraft).toHaveBeenCalledWith({ formId: 'form-1', text: LINE });
    expect(on.continueInPopup).toHaveBeenCalledTimes(1);
    expect(root.textContent).toContain(say('logContinues'));
  });

  it('commits nothing where the background did not allow it, and the button says what happens instead', async () => {
    const { ask, on } = background(formOf({ mayCommit: false }));
    const root = await open({ ask, surface: 'panel' });
    await type(root, LINE);
    expect(buttonNamed(root, say('logContinue'))).toBeDefined();
    await press(lineOf(root), 'Enter');
    expect(on.commit).not.toHaveBeenCalled();
    expect(on.continueInPopup).toHaveBeenCalledTimes(1);
  });

  it('keeps no early Enter that was pressed while it was not armed', async () => {
    const { ask, on } = background();
    on.openForm.mockReturnValue(never);
    const root = await open({ ask, surface: 'panel', armed: () => false });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(on.continueInPopup).toHaveBeenCalledTimes(1);
    expect(on.commit).not.toHaveBeenCalled();
  });

  it('asks for the form again when the command is pressed again, and keeps the text', async () => {
    const { ask, on } = background(formOf({ mayCommit: false }));
    let show: () => void = () => undefined;
    const shows = new Set<() => void>();
    const onShow = (then: () => void) => {
      shows.add(then);
      return () => shows.delete(then);
    };
    show = () => {
      for (const then of shows) then();
    };
    const root = await open({ ask, surface: 'panel', onShow });
    await type(root, LINE);
    on.openForm.mockResolvedValue(formOf({ mayCommit: true, draft: LINE }));
    show();
    await pass(0);
    expect(lineOf(root).value).toBe(LINE);
    await press(lineOf(root), 'Enter');
    expect(on.commit).toHaveBeenCalledTimes(1);
  });
});

describe('the command pressed on another record', () => {
  it('leaves the words with the form they were typed for, and opens the line of the new one', async () => {
    const { ask, on } = background();
    const shows = new Set<() => void>();
    const onShow = (then: () => void) => {
      shows.add(then);
      return () => shows.delete(then);
    };
    const root = await open({ ask, surface: 'panel', onShow });
    await type(root, LINE);
    on.openForm.mockResolvedValue(formOf({ formId: 'form-2', draft: 'called her' }));
    for (const show of shows) show();
    await pass(0);
    expect(on.saveDraft).toHaveBeenCalledWith({ formId: 'form-1', text: LINE });
    expect(lineOf(root).value).toBe('called her');
    await press(lineOf(root), 'Enter');
    expect(on.commit).toHaveBeenCalledWith({
      formId: 'form-2',
      text: 'called her',
      armed: true,
      effort: expect.any(Object),
    });
  });
});

describe('after saving', () => {
  const saved = async (given: Partial<LoggerProps> = {}, log = logOf()) => {
    const { ask, on } = background();
    on.commit.mockResolvedValue({ is: 'saved', log, boundElsewhere: null });
    const root = await open({ ask, ...given });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    return { root, on };
  };

  it('says where the log is, and asks again when something changed', async () => {
    let changed: () => void = () => undefined;
    const { root, on } = await saved({
      onChanged: (then) => {
        changed = then;
        return () => undefined;
      },
    });
    on.progress.mockResolvedValue(
      logOf({
        progress: 'in_crm',
        sentence: { key: 'testSentence', args: ['In CRM. Li Wei and the note withheld until told.'] },
        url: 'https://crm.example/00U1',
      }),
    );
    changed();
    await pass(0);
    expect(on.progress).toHaveBeenCalledWith({ activity: 'activity-1' });
    expect(root.textContent).toContain('In CRM. Li Wei and the note withheld until told.');
    expect(root.querySelector('a')?.getAttribute('href')).toBe('https://crm.example/00U1');
  });

  it('can be taken back for ten seconds, and the words come back into the line', async () => {
    const { root, on } = await saved();
    await pass(3000);
    expect(buttonNamed(root, say('logUndo'))?.textContent).toContain('7');
    await click(buttonNamed(root, say('logUndo')));
    expect(on.undo).toHaveBeenCalledWith({ activity: 'activity-1' });
    expect(lineOf(root).value).toBe(LINE);
    expect(on.openForm).toHaveBeenCalledTimes(2);
  });

  it('offers no undo when the ten seconds are over', async () => {
    const { root } = await saved();
    await pass(10_000);
    expect(buttonNamed(root, say('logUndo'))).toBeUndefined();
  });

  it('says why a log cannot be taken back', async () => {
    const { root, on } = await saved();
    on.undo.mockResolvedValue({ is: 'refused', why: { key: 'testSentence', args: ['It is on its way.'] } });
    await click(buttonNamed(root, say('logUndo')));
    expect(alert(root)).toBe('It is on its way.');
  });

  it('opens an empty form with the key n', async () => {
    const { root, on } = await saved();
    const view = root.querySelector('.log-after');
    if (!view) throw new Error('no view after saving');
    await press(view, 'n');
    expect(lineOf(root).value).toBe('');
    expect(on.openForm).toHaveBeenCalledTimes(2);
  });
});

describe('what fills the line without typing', () => {
  it('is, with the arrow up in an empty line, the last attendees, each as they were meant', async () => {
    const { ask, on } = background(formOf({ lastPeople: [dana, li] }));
    const root = await open({ ask });
    await press(lineOf(root), 'ArrowUp');
    expect(lineOf(root).value).toBe('@Dana Reyes, @Li Wei ');
    expect(lineOf(root).selectionStart).toBe('@Dana Reyes, @Li Wei '.length);
    expect(on.choosePerson).toHaveBeenCalledWith({ formId: 'form-1', mention: 'Li Wei', person: li.id });
  });

  it('is the same after a bare @, and nothing else of the line changes', async () => {
    const { ask } = background(formOf({ lastPeople: [dana, li] }));
    const root = await open({ ask });
    await type(root, 'called @');
    await press(lineOf(root), 'ArrowUp');
    expect(lineOf(root).value).toBe('called @Dana Reyes, @Li Wei ');
  });

  it('leaves the arrow up alone in a line with words, and says where there is no earlier log', async () => {
    const { ask } = background(formOf({ lastPeople: [dana] }));
    const root = await open({ ask });
    await type(root, 'met somebody');
    await press(lineOf(root), 'ArrowUp');
    expect(lineOf(root).value).toBe('met somebody');
    const empty = await open({ ask: background(formOf()).ask });
    await press(lineOf(empty), 'ArrowUp');
    expect(empty.textContent).toContain(say('logLastPeople'));
  });
});

describe('a surface beside the page', () => {
  it('keeps the words before another record comes, and starts a new line for it', async () => {
    let move = (): void => undefined;
    const { ask, on } = background();
    const root = await open({
      ask,
      onMoved: (then) => {
        move = then;
        return () => undefined;
      },
    });
    await type(root, 'half a thought');
    on.openForm.mockResolvedValue(formOf({ formId: 'form-2', record: null }));
    move();
    await pass(1);
    expect(on.saveDraft).toHaveBeenCalledWith({ formId: 'form-1', text: 'half a thought' });
    expect(on.saveDraft.mock.invocationCallOrder[0]).toBeLessThan(on.openForm.mock.invocationCallOrder[1] ?? 0);
    expect(lineOf(root).value).toBe('');
    expect(root.textContent).toContain(say('logNoRecord'));
  });

  it('says that the record of the page could not be read, which is not the same as none', async () => {
    const { ask } = background(formOf({ record: null, pageContact: null, unread: true }));
    const root = await open({ ask });
    expect(root.textContent).toContain(say('logUnread'));
    expect(root.textContent).not.toContain(say('logNoRecord'));
  });

  it('keeps a log that was just saved, with its undo, whatever tab comes to the front', async () => {
    let move = (): void => undefined;
    const { ask, on } = background();
    const root = await open({
      ask,
      onMoved: (then) => {
        move = then;
        return () => undefined;
      },
    });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    move();
    await pass(1);
    expect(on.openForm).toHaveBeenCalledTimes(1);
    expect(root.textContent).toContain('Saved on this device.');
  });
});

describe('a chip, by keyboard', () => {
  const chips = (root: ParentNode) => [...root.querySelectorAll<HTMLButtonElement>('button.chip')];
  const typed = async (line: string) => {
    const { ask } = background();
    const root = await open({ ask });
    await type(root, line);
    return root;
  };
  const chipNamed = (root: ParentNode, start: string): HTMLButtonElement => {
    const chip = chips(root).find((one) => one.getAttribute('aria-label')?.startsWith(start));
    if (!chip) throw new Error(`no chip ${start} among ${chips(root).map((one) => one.getAttribute('aria-label'))}`);
    chip.focus();
    return chip;
  };

  it('changes the kind, and what the line says with it', async () => {
    const root = await typed('met @dana 45m, she wants pricing');
    await press(chipNamed(root, say('chipMeeting')), 'ArrowDown');
    expect(lineOf(root).value).toBe('called @dana 45m, she wants pricing');
    expect(document.activeElement?.getAttribute('aria-label')).toBe(say('chipCall'));
    expect(root.querySelector('.log-chips + [role=status]')?.textContent).toBe(say('chipCall'));
  });

  it('changes how long it was, by quarters of an hour', async () => {
    const root = await typed('met @dana 45m, she wants pricing');
    const [duration] = chips(root).filter((one) => one.textContent?.includes('45'));
    duration?.focus();
    await press(duration as Element, 'ArrowUp');
    expect(lineOf(root).value).toContain('1h');
    await press(document.activeElement as Element, 'ArrowDown');
    expect(lineOf(root).value).toBe('met @dana 45m, she wants pricing');
  });

  it('moves the day with Shift', async () => {
    const root = await typed('met @dana yesterday 3pm 45m, x');
    const when = chips(root)[1] as HTMLButtonElement;
    when.focus();
    const before = when.querySelector('time')?.dateTime;
    await press(when, 'ArrowDown', { shiftKey: true });
    expect(Date.parse(before ?? '') - Date.parse(chips(root)[1]?.querySelector('time')?.dateTime ?? '')).toBe(
      86_400_000,
    );
  });

  it('takes somebody out with Delete, and nobody else', async () => {
    const root = await typed('met @dana and @li, she wants pricing');
    await press(chipNamed(root, 'Li Wei'), 'Delete');
    expect(lineOf(root).value).toBe('met @dana, she wants pricing');
  });

  it('shows each promise and what matters to them as chips of their own, reached, selected and taken out by keyboard', async () => {
    const root = await typed('met @dana, all well !send the draft !call Li *delivery on time');
    const names = [...root.querySelectorAll('.chip')].map((chip) => chip.getAttribute('aria-label'));
    expect(names.slice(-3)).toEqual([
      'Promised: send the draft',
      'Promised: call Li',
      'Matters to them: delivery on time',
    ]);
    await press(chipNamed(root, say('chipMeeting')), 'End');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Matters to them: delivery on time');
    await press(document.activeElement as HTMLElement, 'ArrowLeft');
    await click(document.activeElement as HTMLElement);
    const { value, selectionStart, selectionEnd } = lineOf(root);
    expect(value.slice(selectionStart, selectionEnd)).toBe('!call Li');
    await press(chipNamed(root, 'Promised: send the draft'), 'Delete');
    expect(lineOf(root).value).toBe('met @dana, all well !call Li *delivery on time');
  });

  it('leads back to the line with Escape, which closes nothing', async () => {
    const onClose = vi.fn();
    const root = await open({ ask: background().ask, onClose });
    await type(root, 'met @dana');
    await press(chipNamed(root, say('chipMeeting')), 'Escape');
    expect(document.activeElement).toBe(lineOf(root));
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe('the burden', () => {
  it('counts marks and commands beyond the words, and clicks, but never which keys', async () => {
    const { ask, on } = background();
    const root = await open({ ask });
    const keys = ['m', 'e', 't', ' ', '@', 'd', 'Shift', 'Backspace', 'd', 'Tab', '>'];
    for (const key of keys) await press(lineOf(root), key);
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    // The command, @, Backspace and what it took, Tab, > and Enter.
    const { effort } = on.commit.mock.calls[0]?.[0] ?? {};
    expect(effort).toMatchObject({ keys: 12, beyond: 7, clicks: 0 });
    expect(Object.keys(effort).sort()).toEqual(['beyond', 'clicks', 'keys', 'seconds']);
  });

  it('is one quiet line after saving, and missing where nobody answers', async () => {
    const { ask, on } = background();
    on.burden.mockResolvedValue({ key: 'testSentence', args: ['9 keys, 0 clicks.'] });
    const root = await open({ ask });
    await type(root, LINE);
    await press(lineOf(root), 'Enter');
    expect(root.querySelector('.log-burden')?.textContent).toBe('9 keys, 0 clicks.');
  });
});

describe('the quiet hint', () => {
  const hinted = async (line: string, form = formOf()) => {
    const { ask } = background(form);
    const root = await open({ ask });
    await type(root, line);
    return root;
  };
  const hint = (root: ParentNode) => root.querySelector('.log-hint')?.textContent ?? '';

  it('says that they may read it, and says nothing about ordinary notes', async () => {
    expect(hint(await hinted('met @dana, she is pregnant, wants pricing by region'))).toContain('they may read this');
    expect(hint(await hinted('met @dana, she wants pricing by region'))).toBe('');
    expect(hint(await hinted('met @dana, pricing ~~she is pregnant'))).toBe('');
  });

  it('moves it to private with one key, keeps the rest, and goes on before it', async () => {
    const root = await hinted('met @dana, wants pricing by region, she is pregnant');
    await press(lineOf(root), 'p', { altKey: true, code: 'KeyP' });
    await pass(50);
    const { value, selectionStart } = lineOf(root);
    expect(value).toMatch(/^met @dana, wants pricing by region.*~~.*pregnant/u);
    expect(value.slice(0, selectionStart)).not.toContain('~~');
    expect(hint(root)).toBe('');
  });

  it('moves nothing while private words are kept elsewhere: they would be replaced', async () => {
    const root = await hinted('met @dana, she is pregnant', formOf({ privateKept: true }));
    expect(hint(root)).toContain('they may read this');
    await press(lineOf(root), 'p', { altKey: true, code: 'KeyP' });
    expect(lineOf(root).value).toBe('met @dana, she is pregnant');
  });
});
