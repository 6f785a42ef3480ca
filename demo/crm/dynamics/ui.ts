import { readFileSync } from 'node:fs';
import { json, type RecordedRequest, type Reply, redirect } from '../core/requests.ts';
import { guidIn, type Org, type Row } from './org.ts';
import { ACTIVITIES, type Table, tableByName } from './schema.ts';

/** The pages of the app and the private endpoints they read: a session cookie, never an API token. */

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'none'",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ');

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';
/** Paths mirror the folders, so that scripts find each other by the same name here and on disk. */
const ASSETS: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/assets/app.css': ['../pages/app.css', STYLE],
  '/pages/dom.js': ['../pages/dom.js', SCRIPT],
  '/pages/mark.svg': ['../pages/mark.svg', 'image/svg+xml'],
  '/dynamics/pages/app.css': ['pages/app.css', STYLE],
  '/dynamics/pages/app.js': ['pages/app.js', SCRIPT],
  '/dynamics/pages/form.js': ['pages/form.js', SCRIPT],
};
const files = new Map<string, Buffer>();

function file(name: string): Buffer {
  const known = files.get(name) ?? readFileSync(new URL(name, import.meta.url));
  files.set(name, known);
  return known;
}

export function serveAsset(path: string): Reply | undefined {
  const asset = Object.hasOwn(ASSETS, path) ? ASSETS[path] : undefined;
  if (asset === undefined) return undefined;
  return { status: 200, headers: { 'Content-Type': asset[1], 'Cache-Control': 'no-cache' }, body: file(asset[0]) };
}

export interface UiContext {
  readonly org: Org;
  readonly session: string;
  readonly userId: string;
  readonly label: string;
  readonly secure: boolean;
}

export function serveUi(request: RecordedRequest, url: URL, context: UiContext): Reply {
  if (url.pathname === '/') return redirect('/main.aspx?pagetype=entitylist&etn=contact');
  if (url.pathname === '/main.aspx' || /^\/apps\/[\w./-]+$/i.test(url.pathname)) {
    return {
      status: 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': PAGE_POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Set-Cookie': `CrmOwinAuth=${context.session}; Path=/; HttpOnly; SameSite=Lax${context.secure ? '; Secure' : ''}`,
      },
      body: file('pages/index.html'),
    };
  }
  if (!url.pathname.startsWith('/ui/'))
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'Not found' };
  const cookie = /(?:^|;\s*)CrmOwinAuth=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (cookie !== context.session) return json(401, { message: 'Your session has ended. Load the page again.' });
  const { org } = context;
  const table = tableByName.get(url.searchParams.get('etn') ?? '');
  if (url.pathname === '/ui/session') {
    return json(200, {
      org: context.label,
      user: org.titleOf('systemuser', context.userId),
      now: org.now().toISOString(),
    });
  }
  if (table === undefined) return json(404, { message: 'There is no such table.' });
  if (url.pathname === '/ui/list') return json(200, { etn: table.name, rows: list(org, table) });
  const row = org.find(table.name, guidIn(url.searchParams.get('id') ?? ''));
  if (url.pathname !== '/ui/form' || row === undefined) {
    return json(404, { message: 'The record is not available: it was deleted, or you may not see it.' });
  }
  return json(200, form(org, table, row));
}

interface Link {
  readonly etn: string;
  readonly id: string;
  readonly name: string;
}

function linkTo(org: Org, row: Row, lookup: string): Link | null {
  const target = org.follow(row, lookup);
  if (!target) return null;
  const id = String(target.row[target.table.key]);
  return { etn: target.table.name, id, name: org.titleOf(target.table.name, id) };
}

const plain = (table: Table, row: Row): Row =>
  Object.fromEntries([...table.columns.keys()].map((name) => [name, row[name] ?? null]));

function list(org: Org, table: Table): unknown[] {
  return org
    .rows(table.name)
    .filter((row) => row.statecode === 0)
    .map((row) => ({
      id: row[table.key],
      name: row[table.title],
      account: linkTo(org, row, 'parentcustomerid'),
      title: row.jobtitle ?? row.industry ?? null,
      mail: row.emailaddress1 ?? row.websiteurl ?? null,
      city: row.address1_city ?? null,
    }))
    .sort((a, b) => String(a.name).localeCompare(String(b.name)));
}

function form(org: Org, table: Table, row: Row): unknown {
  const id = String(row[table.key]);
  const people = org.rows('contact').filter((each) => each._parentcustomerid_value === id);
  return {
    etn: table.name,
    id,
    name: org.titleOf(table.name, id),
    fields: plain(table, row),
    account: linkTo(org, row, 'parentcustomerid'),
    regarding: linkTo(org, row, 'regardingobjectid'),
    owner: linkTo(org, row, 'ownerid'),
    contacts: people.map((each) => ({
      id: each.contactid,
      name: each.fullname,
      title: each.jobtitle,
      mail: each.emailaddress1,
    })),
    timeline: timeline(org, [id, ...people.map((each) => String(each.contactid))]),
    connections: org
      .rows('connection')
      .filter((each) => each._record1id_value === id)
      .map((each) => linkTo(org, each, 'record2id')),
  };
}

/** Activities that regard the record or, for an account, its people; and those that have one of them as a party. */
function timeline(org: Org, ids: readonly string[]): unknown[] {
  return ACTIVITIES.flatMap((name) => org.rows(name).map((row) => ({ name, row })))
    .filter(
      ({ row }) =>
        ids.includes(String(row._regardingobjectid_value)) ||
        org.partiesOf(String(row.activityid)).some((party) => ids.includes(String(party._partyid_value))),
    )
    .map(({ name, row }) => ({
      etn: name,
      id: row.activityid,
      subject: row.subject,
      description: row.description ?? null,
      start: row.scheduledstart ?? null,
      end: row.scheduledend ?? null,
      done: row.statecode === 1,
      regarding: linkTo(org, row, 'regardingobjectid'),
      with: org
        .rows('connection')
        .filter((each) => each._record1id_value === row.activityid)
        .map((each) => linkTo(org, each, 'record2id')),
      owner: linkTo(org, row, 'ownerid'),
      created: row.createdon,
      modified: row.modifiedon,
      at: String(row.scheduledstart ?? row.scheduledend ?? row.createdon),
    }))
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}
