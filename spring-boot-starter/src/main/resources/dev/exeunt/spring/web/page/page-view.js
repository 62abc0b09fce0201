'use strict';

/* Shows what page.js has asked for, in the words of page-words.js. Nothing here calls the server, and nothing of an answer becomes
   markup. */

const at = id => document.getElementById(id);
const isOpen = job => job.state === 'pending' || job.state === 'running';

/* link: where it leads, if it does */
function say(text, link) {
  message('status', text);
  if (link) {
    const made = element('a', new URL(link, location.href));
    made.href = link;
    at('message').append(' ', made);
  }
}

function refuse(text) {
  message('alert', text);
}

/* Scrolls to the message and focuses it. */
function message(role, text) {
  at('message').className = role === 'alert' ? 'refused' : '';
  at('message').setAttribute('role', role);
  at('message').textContent = text;
  if (text) {
    come('message');
  }
}

function come(id) {
  at(id).focus({ preventScroll: true });
  at(id).scrollIntoView({ block: 'center' });
}

/* Shows a fault beside its field; an empty text removes it. */
function fault(id, text) {
  at(`${id}-fault`).textContent = text;
  if (text) {
    at(id).setAttribute('aria-invalid', 'true');
    at(id).setAttribute('aria-describedby', `${id}-fault`);
    come(id);
  } else {
    at(id).removeAttribute('aria-invalid');
    at(id).removeAttribute('aria-describedby');
  }
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function request(it) {
  const line = element('li', `${NAMES[it.flow]}: asked on ${date(it.requestedAt)}; ${STATES[it.state] || it.state}`
    + (it.state === 'scheduled' ? `, on ${date(it.dueAt)}. ` : '. '));
  const link = element('a', 'Receipt');
  link.href = it.receipt;
  line.append(link);
  return line;
}

function obstacles(all) {
  at('obstacles').replaceChildren(...all.map(obstacle));
  at('obstacles').hidden = all.length === 0;
  at('go').disabled = all.length > 0;
}

function obstacle(it) {
  const line = element('p', it.message + ' ');
  if (it.link && /^(https?:\/\/|\/(?![/\\]))/.test(it.link)) {
    const link = element('a', 'Put it right');
    link.href = it.link;
    line.append(link);
  }
  return line;
}

function showWarnings(warnings, title) {
  at('warnings-title').textContent = title;
  at('warned').replaceChildren(...warnings.map(w => element('li', w)));
  at('warnings').hidden = warnings.length === 0;
  at('acknowledge-line').hidden = warnings.length === 0;
  at('acknowledge').checked = false;
  fault('acknowledge', '');
}

/* Shows each table once, with a line for each outcome of its rows. */
function tables(all) {
  const groups = new Map();
  for (const it of all) {
    const group = groups.get(it.table) || { title: called(it), means: it.means, lines: new Map() };
    const words = becomes(it);
    group.lines.set(words, (group.lines.get(words) || 0) + it.rows);
    groups.set(it.table, group);
  }
  at('tables').replaceChildren(...[...groups.values()].flatMap(group => [...group.lines].map(([words, rows], i) =>
    row(i === 0 ? group : null, words, rows))));
  const of = fate => new Set(all.filter(t => t.fate === fate).map(t => t.table));
  const kept = of('keep');
  at('both').hidden = ![...of('delete')].some(table => kept.has(table));
}

/* group: in the first line of a table, else null */
function row(group, words, rows) {
  const made = document.createElement('tr');
  if (group) {
    const head = element('th', group.title);
    head.scope = 'rowgroup';
    head.rowSpan = group.lines.size;
    if (group.means) {
      head.append(element('small', group.means));
    }
    made.append(head);
  }
  const many = element('td', rows);
  many.className = 'number';
  made.append(element('td', words), many);
  return made;
}

/* Returns a hint to download a copy before leaving. The erasure of the account deletes the copy, and a person who cannot sign in
   cannot fetch it. The deletion of data alone leaves it. Empty where no hint is needed. */
function copyFirst({ flow, preview }, latest) {
  if (!latest || !latest.download && !isOpen(latest) || flow.flow === 'delete-data') {
    return '';
  }
  const first = latest.download ? 'Download your copy first' : 'Wait for your copy, and download it first';
  const hours = preview.grace === 'none' ? 0 : parseInt(preview.grace, 10) * HOURS[preview.grace.slice(-1)];
  const due = Date.now() + hours * 3600000;
  if (hours === 0 || latest.expiresAt && new Date(latest.expiresAt).getTime() > due) {
    return `${first}: it is deleted with your account.`;
  }
  if (preview.loginBlock) {
    return `${first}: for ${span(preview.loginBlock)} you cannot sign in to fetch it.`;
  }
  return flow.flow === 'deactivate'
    ? `${first}: the application may not let you in to fetch it while your account is deactivated.`
    : '';
}

function showCopyFirst(text) {
  at('copy-first').textContent = text;
  at('copy-first').hidden = !text;
}

function showCopy(status) {
  const { latest } = status;
  const open = Boolean(latest) && isOpen(latest);
  at('progress').hidden = !open;
  at('ask').hidden = open;
  at('ask').setAttribute('aria-disabled', String(Boolean(status.again)));
  tell(open ? 'Your copy is being made.' : latest && latest.state === 'failed'
    ? 'Your copy could not be made. You can ask again.' : status.cooldown || '');
  if (open && latest.progress.of) {
    at('progress').max = latest.progress.of;
    at('progress').value = latest.progress.done;
  } else {
    at('progress').removeAttribute('value');
  }
  at('download').replaceChildren();
  if (latest && latest.download) {
    const link = element('a', `Download your copy (${Math.max(1, Math.round(latest.bytes / 1024))} kB)`);
    link.href = latest.download;
    at('download').append(link, ` until ${date(latest.expiresAt)}`);
  }
}

/* Changes the text only if it differs, so that screen readers do not repeat it each second. */
function tell(text) {
  if (at('copy').textContent !== text) {
    at('copy').textContent = text;
  }
}
