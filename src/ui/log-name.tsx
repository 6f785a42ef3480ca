/** What a log is called on screen: its title, and the account where there is one. */
import type { JSX } from 'preact';
import type { LogView } from '../contract.ts';

export const LogName = ({ log }: { log: Pick<LogView, 'title' | 'account'> }): JSX.Element => (
  <>
    <bdi>{log.title}</bdi>
    {log.account && (
      <>
        {' · '}
        <bdi>{log.account}</bdi>
      </>
    )}
  </>
);
