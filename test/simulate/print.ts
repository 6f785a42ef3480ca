/** What a run says to people. */
import type { Failure, Report } from './thread.ts';

export const failureText = ({ seed, focus, rule, says, events, of, lines }: Failure): string =>
  [
    '',
    `seed ${seed} breaks ${rule}: ${says}`,
    `  ${events.length} of ${of} events are enough:`,
    ...events.map((event) => `    ${event}`),
    ...(lines.length > 0 ? ['  the last steps:', ...lines.map((line) => `    ${line.slice(0, 220)}`)] : []),
    `  again: npm run simulate -- --seed ${seed}${focus.length > 0 ? ` --focus ${focus.join()}` : ''}`,
  ].join('\n');

export const tableOf = (report: Report, seconds: number, built: number): string => {
  const per = (count: number): string => (count / Math.max(1, report.schedules)).toFixed(1);
  const faults = Object.entries(report.landed).sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...faults.map(([fault]) => fault.length));
  return [
    `${report.schedules} schedules, each played twice, in ${seconds.toFixed(1)} s (and ${built.toFixed(1)} s to build)`,
    `${report.steps} steps (${per(report.steps)} each), ${report.boots} workers started, ${report.requests} requests, ${(report.virtualMs / 3_600_000).toFixed(0)} virtual hours`,
    '',
    `${'fault'.padEnd(width)}    fired   while work was under way`,
    ...faults.map(
      ([fault, { fired, landed }]) =>
        `${fault.padEnd(width)}  ${String(fired).padStart(7)}  ${String(landed).padStart(7)}`,
    ),
    '',
    report.failures.length === 0 ? 'Nothing broke.' : `${report.failures.length} schedules broke a rule.`,
  ].join('\n');
};
