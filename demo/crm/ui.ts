import { readFileSync } from 'node:fs';
import { json, type RecordedRequest, type Reply, redirect } from './core/requests.ts';
import { ApiError } from './errors.ts';
import { normaliseId } from './ids.ts';
import { formatDateTime, type Org, type Row, type Value } from './org.ts';
import type { ObjectType } from './schema.ts';

/** The pages and the private endpoints they read: a session cookie, never an API token. */

export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'none'",
  "form-action 'self'",
  "base-uri 'none'",
].join('; ');

const ASSETS: Record<string, readonly [file: string, type: string]> = {
  '/assets/app.css': ['app.css', 'text/css; charset=utf-8'],
  '/assets/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/assets/dom.js': ['dom.js', 'text/javascript; charset=utf-8'],
  '/assets/frame.js': ['frame.js', 'text/javascript; charset=utf-8'],
  '/assets/record.js': ['record.js', 'text/javascript; charset=utf-8'],
  '/assets/timeline.js': ['timeline.js', 'text/javascript; charset=utf-8'],
  '/assets/forms.js': ['forms.js', 'text/javascript; charset=utf-8'],
  '/assets/list.js': ['list.js', 'text/javascript; charset=utf-8'],
  '/assets/mark.svg': ['mark.svg', 'image/svg+xml'],
};

const SHELL_PATHS = /^\/(lightning\/(r|o|page)\/.*|one\/one\.app)$/;

const files = new Map<string, Buffer>();

function file(name: string): Buffer {
  let bytes = files.get(name);
  if (bytes === undefined) {
    bytes = readFileSync(new URL(`./pages/${name}`, import.meta.url));
    files.set(name, bytes);
  }
  return bytes;
}

export interface UiContext {
  readonly org: Org;
  /** The session cookie of one person in front of the browser, as yet unknown or known. */
  readonly session: string;
  readonly userId: string;
  readonly orgLabel: string;
  readonly secure: boolean;
}

export function serveAsset(path: string): Reply | undefined {
  const asset = ASSETS[path];
  if (asset === undefined) return undefined;
  return { status: 200, headers: { 'Content-Type': asset[1], 'Cache-Control': 'no-cache' }, body: file(asset[0]) };
}

export function serveUi(request: RecordedRequest, url: URL, context: UiContext): Reply {
  const asset = serveAsset(url.pathname);
  if (asset !== undefined) return asset;
  if (url.pathname === '/') return redirect('/lightning/o/Contact/list?filterName=AllContacts');
  if (SHELL_PATHS.test(url.pathname)) {
    return {
      status: 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': PAGE_POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'origin-when-cross-origin',
        'Set-Cookie': `sid=${context.session}; Path=/; HttpOnly; SameSite=Lax${context.secure ? '; Secure' : ''}`,
      },
      body: file('index.html'),
    };
  }
  if (!url.pathname.startsWith('/ui/'))
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'Not found' };
  const cookie = /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  if (cookie !== context.session) return json(401, { message: 'Your session has ended. Load the page again.' });
  try {
    return privateEndpoint(request, url, context);
  } catch (error) {
    if (error instanceof ApiError)
      return json(error.status === 401 ? 403 : error.status, {
        message: error.first.message,
        fields: error.first.fields ?? [],
      });
    throw error;
  }
}

function privateEndpoint(request: RecordedRequest, url: URL, context: UiContext): Reply {
  const { org, userId } = context;
  const route = `${request.method} ${url.pathname}`;
  switch (route) {
    case 'GET /ui/session':
      return json(200, {
        org: context.orgLabel,
        user: nameOf(org, userId),
        userId,
        now: org.now().toISOString(),
        sharedActivities: org.settings.sharedActivities,
      });
    case 'GET /ui/record':
      return json(200, record(org, url.searchParams.get('id') ?? ''));
    case 'GET /ui/list':
      return json(200, list(org, url.searchParams.get('object') ?? 'Contact'));
    case 'GET /ui/lookup':
      return json(
        200,
        lookUp(org, url.searchParams.get('q') ?? '', (url.searchParams.get('objects') ?? 'Contact,Account').split(',')),
      );
    case 'POST /ui/event':
      return json(201, createEvent(org, JSON.parse(request.body), userId));
    case 'POST /ui/contact':
      return json(200, editContact(org, JSON.parse(request.body), userId));
    default:
      return json(404, { message: 'No such page' });
  }
}

function text(org: Org, type: ObjectType, row: Row, name: string): Value {
  const each = type.byName.get(name.toLowerCase());
  return each === undefined ? null : org.value(type, row, each);
}

function nameOf(org: Org, id: Value | undefined): string {
  const target = org.find(id);
  if (target === undefined) return '';
  return String(text(org, target.type, target.row, target.type.byName.has('name') ? 'Name' : 'Subject') ?? '');
}

interface Link {
  readonly id: string;
  readonly object: string;
  readonly name: string;
}

function link(org: Org, id: Value | undefined): Link | null {
  const target = org.find(id);
  return target === undefined ? null : { id: String(target.row.Id), object: target.type.name, name: nameOf(org, id) };
}

function plain(org: Org, type: ObjectType, row: Row): Record<string, Value> {
  return Object.fromEntries(type.fields.map((each) => [each.name, org.value(type, row, each)]));
}

function record(org: Org, idText: string): unknown {
  const id = normaliseId(idText);
  const target = org.find(id);
  if (target === undefined || target.row.IsDeleted === true)
    throw new ApiError(404, 'NOT_FOUND', 'This record does not exist, or you may not see it.');
  const { type, row } = target;
  // The demo has one pair of eyes: who opens a record has viewed it.
  if (type.byName.has('lastvieweddate')) row.LastViewedDate = formatDateTime(org.now());
  const accountId = type.name === 'Account' ? row.Id : text(org, type, row, 'AccountId');
  const contactType = org.type('Contact');
  return {
    object: type.name,
    id: row.Id,
    name: nameOf(org, row.Id),
    fields: plain(org, type, row),
    account: link(org, accountId),
    owner: link(org, row.OwnerId),
    createdBy: link(org, row.CreatedById),
    modifiedBy: link(org, row.LastModifiedById),
    who: link(org, row.WhoId),
    what: link(org, row.WhatId),
    attendees: type.name === 'Event' ? attendees(org, row) : [],
    colleagues: org
      .rows('Contact')
      .filter((each) => accountId !== null && each.AccountId === accountId && each.Id !== row.Id)
      .map((each) => ({
        id: each.Id,
        name: nameOf(org, each.Id),
        title: text(org, contactType, each, 'Title'),
        department: text(org, contactType, each, 'Department'),
        email: text(org, contactType, each, 'Email'),
        phone: text(org, contactType, each, 'Phone'),
        city: text(org, contactType, each, 'MailingCity'),
      })),
    timeline: type.name === 'Contact' || type.name === 'Account' ? timeline(org, type.name, String(row.Id)) : [],
  };
}

/** The people on an event: its Who first, then further relation rows that are not invitations. */
function attendees(org: Org, event: Row): Link[] {
  const ids = [event.WhoId ?? null];
  if (org.settings.sharedActivities) {
    for (const each of org.rows('EventRelation')) {
      if (each.EventId === event.Id && each.IsWhat !== true && each.IsInvitee !== true)
        ids.push(each.RelationId ?? null);
    }
  }
  return [...new Set(ids)].map((id) => link(org, id)).filter((each) => each !== null);
}

function timeline(org: Org, object: string, id: string): unknown[] {
  const entries: { start: string; entry: unknown }[] = [];
  for (const name of ['Event', 'Task']) {
    const type = org.type(name);
    for (const row of org.rows(name)) {
      const people = name === 'Event' ? attendees(org, row) : [link(org, row.WhoId)].filter((each) => each !== null);
      const mine =
        object === 'Account'
          ? row.WhatId === id ||
            text(org, type, row, 'AccountId') === id ||
            people.some((each) => org.find(each.id)?.row.AccountId === id)
          : people.some((each) => each.id === id);
      if (!mine) continue;
      const start = String(row.StartDateTime ?? row.ActivityDate ?? row.CreatedDate);
      entries.push({
        start,
        entry: {
          object: name,
          id: row.Id,
          subject: row.Subject ?? null,
          start,
          end: row.EndDateTime ?? null,
          minutes: row.DurationInMinutes ?? null,
          due: name === 'Task' ? (row.ActivityDate ?? null) : null,
          status: row.Status ?? null,
          subtype: row.TaskSubtype ?? null,
          location: row.Location ?? null,
          description: row.Description ?? null,
          account: link(org, row.WhatId ?? text(org, type, row, 'AccountId')),
          attendees: people,
          owner: link(org, row.OwnerId),
          created: row.CreatedDate,
          modified: row.LastModifiedDate,
        },
      });
    }
  }
  return entries.sort((a, b) => (a.start < b.start ? 1 : -1)).map(({ entry }) => entry);
}

function list(org: Org, object: string): unknown {
  const type = org.type(object);
  return {
    object: type.name,
    rows: org
      .rows(type.name)
      .map((row) => ({
        id: row.Id,
        name: nameOf(org, row.Id),
        title: text(org, type, row, 'Title') ?? text(org, type, row, 'Industry'),
        account: type.name === 'Account' ? null : link(org, text(org, type, row, 'AccountId')),
        city: text(org, type, row, 'MailingCity') ?? text(org, type, row, 'BillingCity'),
        country: text(org, type, row, 'MailingCountry') ?? text(org, type, row, 'BillingCountry'),
        phone: text(org, type, row, 'Phone'),
        email: text(org, type, row, 'Email') ?? text(org, type, row, 'Website'),
        owner: nameOf(org, row.OwnerId),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
}

function lookUp(org: Org, query: string, objects: readonly string[]): unknown {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return { results: [] };
  const results: (Link & { detail: string })[] = [];
  for (const object of objects) {
    for (const row of org.rows(object)) {
      const name = nameOf(org, row.Id);
      if (!name.toLowerCase().includes(wanted)) continue;
      const type = org.type(object);
      const account = nameOf(org, row.AccountId);
      results.push({
        id: String(row.Id),
        object,
        name,
        detail: account || String(text(org, type, row, 'Industry') ?? ''),
      });
      if (results.length >= 12) return { results };
    }
  }
  return { results };
}

function createEvent(org: Org, form: Record<string, unknown>, userId: string): unknown {
  const who = Array.isArray(form.who) ? form.who.map(String) : [];
  const type = org.type('Event');
  const id = org.create(
    type,
    {
      Subject: form.subject,
      StartDateTime: form.start,
      EndDateTime: form.end,
      Location: form.location ?? null,
      Description: form.description ?? null,
      WhatId: form.what ?? null,
      WhoId: who[0] ?? null,
    },
    userId,
  );
  if (org.settings.sharedActivities) {
    for (const further of who.slice(1)) {
      org.create(
        org.type('EventRelation'),
        { EventId: id, RelationId: further, IsParent: true, IsInvitee: false },
        userId,
      );
    }
  }
  return { id };
}

const EDITABLE = [
  'FirstName',
  'LastName',
  'Title',
  'Department',
  'Email',
  'Phone',
  'MailingCity',
  'MailingCountry',
  'HasOptedOutOfEmail',
  'DoNotCall',
];

function editContact(org: Org, form: Record<string, unknown>, userId: string): unknown {
  const type = org.type('Contact');
  const row = org.live(type, String(form.id ?? ''));
  const body = Object.fromEntries(EDITABLE.filter((name) => name in form).map((name) => [name, form[name]]));
  org.update(type, row, body, userId);
  return { id: row.Id };
}
