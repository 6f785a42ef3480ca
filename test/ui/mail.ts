/** There is no mail program here: the link stays where it is. */
import { afterEach, beforeEach } from 'vitest';

const stay = (event: Event): void => {
  if (event.target instanceof Element && event.target.closest('a[href^="mailto:"]')) event.preventDefault();
};

/** For every test of the file that says so. */
export const withoutMailProgram = (): void => {
  beforeEach(() => document.addEventListener('click', stay));
  afterEach(() => document.removeEventListener('click', stay));
};
