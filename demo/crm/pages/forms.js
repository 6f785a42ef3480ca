import { call, h, icon, toast } from './dom.js';

/** @import { Child, CrmRecord, Link, Session } from './data.d.ts' */

const SUBJECTS = ['Meeting', 'Call', 'Email', 'Send letter or quote', 'Other'];
const COUNTRIES =
  'Argentina|Australia|Austria|Belgium|Brazil|Bulgaria|Canada|Chile|Colombia|Croatia|Cyprus|Czechia|Denmark|Estonia|Finland|France|Germany|Greece|Hungary|Iceland|India|Indonesia|Ireland|Israel|Italy|Japan|Kenya|Latvia|Lithuania|Luxembourg|Malta|Mexico|Morocco|Netherlands|New Zealand|Norway|Peru|Philippines|Poland|Portugal|Romania|Singapore|Slovakia|Slovenia|South Africa|South Korea|Spain|Sweden|Switzerland|Taiwan|Thailand|Türkiye|United Kingdom|United States|Uruguay|Vietnam'.split(
    '|',
  );

/** @param {number} value */
const two = (value) => String(value).padStart(2, '0');

/** @param {Date} at */
const dateValue = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

/**
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [className]
 */
const labelled = (label, control, className = '') =>
  h('label', { class: `field ${className}` }, h('span', {}, label), control);

/** @param {string} name */
function timeSelect(name) {
  const select = h('select', { name });
  for (let minute = 0; minute < 24 * 60; minute += 15) {
    const text = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    select.append(h('option', { value: text }, text));
  }
  return select;
}

/**
 * Chosen records as pills, and a box that looks up more.
 * @param {string} name
 * @param {string} objects
 * @param {Link[]} chosen
 * @param {number} most
 */
function lookup(name, objects, chosen, most) {
  const input = h('input', { name, autocomplete: 'off', placeholder: 'Search…' });
  const pills = h('span', { class: 'pills' });
  const menu = h('ul', { class: 'lookup-menu', hidden: true });
  const draw = () => {
    pills.replaceChildren(
      ...chosen.map((each) =>
        h(
          'span',
          { class: 'pill' },
          h('bdi', {}, each.name),
          h(
            'button',
            {
              type: 'button',
              'aria-label': `Remove ${each.name}`,
              click: () => {
                chosen.splice(chosen.indexOf(each), 1);
                draw();
              },
            },
            icon('close'),
          ),
        ),
      ),
    );
    input.hidden = chosen.length >= most;
  };
  input.addEventListener('input', async () => {
    const { results } = await call(`/ui/lookup?objects=${objects}&q=${encodeURIComponent(input.value)}`);
    menu.replaceChildren(
      .../** @type {Link[]} */ (results).map((each) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              click: () => {
                chosen.push(each);
                input.value = '';
                menu.hidden = true;
                draw();
              },
            },
            h('bdi', {}, each.name),
            h('small', {}, each.detail ?? ''),
          ),
        ),
      ),
    );
    menu.hidden = results.length === 0;
  });
  draw();
  return h('div', { class: 'lookup' }, pills, input, menu);
}

/**
 * The CRM's own way to log a meeting, with the clicks it takes.
 * @param {Session} session
 * @param {CrmRecord} record
 * @param {() => void} saved
 */
export function eventComposer(session, record, saved) {
  /** @type {Link[]} */
  const who = record.object === 'Contact' ? [{ id: record.id, object: 'Contact', name: record.name }] : [];
  /** @type {Link[]} */
  const what = record.account ? [record.account] : [];
  const subject = h('input', { name: 'subject', list: 'subjects', autocomplete: 'off', required: true });
  const startDate = h('input', { type: 'date', name: 'startDate', required: true });
  const endDate = h('input', { type: 'date', name: 'endDate', required: true });
  const startTime = timeSelect('startTime');
  const endTime = timeSelect('endTime');
  const location = h('input', { name: 'location', autocomplete: 'off' });
  const description = h('textarea', { name: 'description', rows: '3' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const now = new Date(session.now);
  startDate.value = dateValue(now);
  endDate.value = dateValue(now);
  startTime.value = `${two((now.getHours() + 1) % 24)}:00`;
  endTime.value = `${two((now.getHours() + 2) % 24)}:00`;

  const form = h(
    'form',
    { class: 'composer', hidden: true, 'aria-label': 'New event' },
    h('datalist', { id: 'subjects' }, ...SUBJECTS.map((each) => h('option', { value: each }))),
    labelled('Subject', subject),
    h('div', { class: 'pair' }, labelled('Start date', startDate), labelled('Start time', startTime)),
    h('div', { class: 'pair' }, labelled('End date', endDate), labelled('End time', endTime)),
    h(
      'div',
      { class: 'field' },
      h('span', {}, 'Name'),
      lookup('who', 'Contact', who, session.sharedActivities ? 50 : 1),
    ),
    h('div', { class: 'field' }, h('span', {}, 'Related to'), lookup('what', 'Account', what, 1)),
    labelled('Location', location),
    labelled('Description', description),
    problem,
    h(
      'div',
      { class: 'actions' },
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          click: () => {
            form.hidden = true;
          },
        },
        'Cancel',
      ),
      h('button', { type: 'submit', class: 'button primary' }, 'Save'),
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    try {
      await call('/ui/event', {
        subject: subject.value,
        start: new Date(`${startDate.value}T${startTime.value}:00`).toISOString(),
        end: new Date(`${endDate.value}T${endTime.value}:00`).toISOString(),
        who: who.map((each) => each.id),
        what: what[0]?.id ?? null,
        location: location.value,
        description: description.value,
      });
      form.hidden = true;
      toast('Event was created.');
      saved();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  });
  return {
    form,
    open: () => {
      form.hidden = false;
      subject.focus();
    },
  };
}

/**
 * The record dialog: modal for the whole page, as the real one is.
 * @param {CrmRecord} record
 * @param {() => void} saved
 */
export function editDialog(record, saved) {
  /**
   * @param {string} name
   * @param {string} label
   */
  const text = (name, label) => {
    const input = h('input', { name, autocomplete: 'off' });
    input.value = String(record.fields[name] ?? '');
    return labelled(label, input);
  };
  /**
   * @param {string} name
   * @param {string} label
   */
  const tick = (name, label) => {
    const input = h('input', { type: 'checkbox', name });
    input.checked = record.fields[name] === true;
    return labelled(label, input, 'tick');
  };
  const country = h(
    'select',
    { name: 'MailingCountry' },
    ...COUNTRIES.map((each) => h('option', { value: each }, each)),
  );
  country.value = String(record.fields.MailingCountry ?? '');
  const problem = h('p', { class: 'problem', role: 'alert' });
  const form = h(
    'form',
    { method: 'dialog' },
    h(
      'div',
      { class: 'dialog-body' },
      text('FirstName', 'First name'),
      text('LastName', 'Last name'),
      text('Title', 'Title'),
      text('Department', 'Department'),
      text('Email', 'Email'),
      text('Phone', 'Phone'),
      text('MailingCity', 'City'),
      labelled('Country', country),
      tick('HasOptedOutOfEmail', 'Email opt out'),
      tick('DoNotCall', 'Do not call'),
    ),
    problem,
    h(
      'footer',
      { class: 'actions' },
      h('button', { type: 'button', class: 'button', click: () => dialog.close() }, 'Cancel'),
      h('button', { type: 'submit', class: 'button primary' }, 'Save'),
    ),
  );
  const dialog = h(
    'dialog',
    { class: 'edit', 'aria-label': `Edit ${record.name}` },
    h('header', {}, h('h2', {}, 'Edit ', h('bdi', {}, record.name))),
    form,
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const data = new FormData(form);
    /** @type {Record<string, unknown>} */
    const body = { id: record.id };
    for (const control of form.querySelectorAll('input, select')) {
      const name = control.getAttribute('name') ?? '';
      body[name] =
        control instanceof HTMLInputElement && control.type === 'checkbox' ? control.checked : data.get(name);
    }
    try {
      await call('/ui/contact', body);
      dialog.close();
      toast('Contact was saved.');
      saved();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  });
  return dialog;
}
