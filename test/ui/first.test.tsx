// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, it, vi } from 'vitest';
import { Logger } from '../../src/ui/quick-log/logger.tsx';
import { background, sayIn } from './stage.tsx';

const page = readFileSync(resolve(import.meta.dirname, '../../src/panel/index.html'), 'utf8');

it('takes over the line that stands in the panel’s page: the same element, with its focus and what was typed', async () => {
  // Without the head: nobody here can load a style sheet.
  const body = page.slice(page.indexOf('<body>'), page.indexOf('<script'));
  document.body.replaceChildren(...new DOMParser().parseFromString(body, 'text/html').body.childNodes);
  const root = document.getElementById('panel') as HTMLElement;
  const before = root.querySelector('textarea') as HTMLTextAreaElement;
  before.focus();
  before.value = 'met @da';
  const left: Event[] = [];
  before.addEventListener('blur', (event) => left.push(event));
  await act(() =>
    render(
      <Logger
        ask={background().ask}
        say={sayIn('en')}
        language="en"
        surface="panel"
        begin={before.value}
        armed={() => true}
        onChanged={() => () => undefined}
        onClose={() => undefined}
      />,
      root,
    ),
  );
  expect([...root.querySelectorAll('textarea')]).toEqual([before]);
  expect(document.activeElement).toBe(before);
  expect(left).toEqual([]);
  expect(before.value).toBe('met @da');
  await vi.waitFor(() => expect(root.querySelector('.log-record')?.textContent).toContain('Dana Reyes'));
  expect(root.querySelectorAll('main')).toHaveLength(1);
});
