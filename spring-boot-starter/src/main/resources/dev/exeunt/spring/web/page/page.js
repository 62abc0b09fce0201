'use strict';

/* A plain page: it shows where a person stands, makes copies, and starts and takes back what they ask for. All it knows it asks
   of the calls beside it; nothing is kept here. */

const base = location.pathname.replace(/\/page$/, '');
const at = id => document.getElementById(id);

const NAMES = {
  'delete-data': 'Delete my data, keep my account',
  'deactivate': 'Deactivate my account',
  'delete-account': 'Delete my account'
};
const FATES = { delete: 'deleted', anonymize: 'made anonymous', detach: 'no longer yours', reassign: 'handed over', keep: 'kept' };
const STATES = {
  scheduled: 'is going to happen', erasing: 'is happening now', erased: 'done', cancelled: 'taken back', reactivated: 'taken back',
  blocked: 'waits: something stands in the way', held: 'waits', failed: 'did not work yet; we are told, and it is tried again'
};

const OPEN = ['scheduled', 'erasing', 'blocked', 'held', 'failed'];

let csrf = null;
let chosen = null;
let polling = null;

class Refusal extends Error {
  constructor(problem) {
    super(problem.detail || 'That did not work. Try again in a moment.');
    this.problem = problem;
  }
}

async function call(method, path, body) {
  const options = { method, headers: {}, credentials: 'same-origin' };
  if (method !== 'GET') {
    options.headers['X-Exeunt-Csrf'] = csrf;
  }
  if (body) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch (e) {
    throw new Refusal({ detail: 'There is no connection. Nothing was changed.' });
  }
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Refusal(json);
  }
  return json;
}

/* link: where it leads, if it does */
function say(text, link) {
  at('message').className = '';
  at('message').textContent = text;
  if (link) {
    const made = element('a', new URL(link, location.href));
    made.href = link;
    at('message').append(' ', made);
  }
}

function refuse(text) {
  say(text);
  at('message').className = 'refused';
}

function date(text) {
  return new Date(text).toLocaleString(undefined, { dateStyle: 'long', timeStyle: 'short' });
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

async function attempt(work) {
  try {
    say('');
    await work();
  } catch (e) {
    if (!(e instanceof Refusal)) {
      throw e;
    }
    if (e.problem.type === 'urn:exeunt:problem:unauthenticated') {
      out('Your visit is over. Go back to the application and come here again.');
    } else {
      refuse(e.message);
    }
  }
}

function out(text, link) {
  clearTimeout(polling);
  at('signed-in').hidden = true;
  say(text, link);
}

async function standing() {
  const account = await call('GET', base);
  const banner = account.banner;
  at('standing').textContent = banner ? banner.text : 'Nothing is going to happen to your account or your data.';
  at('back').hidden = !banner;
  if (banner) {
    at('back').textContent = banner.flow === 'deactivate' ? 'Take up my account again' : 'Take it back';
    at('back').onclick = () => attempt(async () => {
      const back = await call(banner.cancel.method, banner.cancel.href);
      await refresh();
      say(backAgain(back.restored));
    });
  }
  const open = account.requests.filter(r => OPEN.includes(r.state)).map(r => r.flow);
  const flows = account.flows.filter(f => !open.includes(f.flow));
  at('flows').replaceChildren(...flows.map(offer));
  at('leave').hidden = flows.length === 0;
  const asked = account.requests.map(request);
  at('asked').replaceChildren(...(asked.length ? asked : [element('li', 'Nothing so far.')]));
}

/* restored: by table, how many rows are as they were, changed by somebody meanwhile, gone meanwhile */
function backAgain(restored) {
  const sum = what => restored.reduce((all, table) => all + table[what], 0);
  const changed = sum('changed');
  const gone = sum('gone');
  if (changed + gone === 0) {
    return 'Taken back. Everything is as it was.';
  }
  return 'Taken back, but not everything is as it was.'
    + (changed ? ` Somebody has changed ${entries(changed)} of yours meanwhile; what they changed stays.` : '')
    + (gone ? ` ${entries(gone)} could not be brought back, because somebody has deleted them, or what they belonged to, meanwhile.` : '');
}

function entries(many) {
  return many === 1 ? '1 entry' : `${many} entries`;
}

function request(it) {
  const line = element('li', `${NAMES[it.flow]}: asked ${date(it.requestedAt)}; ${STATES[it.state] || it.state}`
    + (it.state === 'scheduled' ? `, on ${date(it.dueAt)}. ` : '. '));
  const link = element('a', 'Receipt');
  link.href = it.receipt;
  line.append(link);
  return line;
}

function offer(flow) {
  const button = element('button', NAMES[flow.flow]);
  button.type = 'button';
  button.onclick = () => attempt(() => show(flow));
  return button;
}

async function show(flow) {
  const preview = await call('GET', `${base}/preview?flow=${flow.flow}`);
  chosen = { flow, preview };
  at('chosen').textContent = NAMES[flow.flow];
  at('when').textContent = preview.grace === 'none'
    ? 'It happens at once, and cannot be taken back.'
    : 'Your data is out of sight at once, and deleted for good when the time to think it over has passed. Until then you can take it back.';
  at('obstacles').replaceChildren(...preview.obstacles.map(obstacle));
  at('warnings').replaceChildren(...preview.warnings.map(w => element('p', w)));
  at('tables').replaceChildren(...preview.tables.map(row));
  at('acknowledge-line').hidden = preview.warnings.length === 0;
  at('acknowledge').checked = false;
  at('typed-line').hidden = !preview.confirm;
  at('typed-label').textContent = `To go on, type your ${String(preview.confirm).replace(/_/g, ' ')}`;
  at('typed').value = '';
  at('reason').value = '';
  at('go').textContent = NAMES[flow.flow];
  at('go').disabled = preview.obstacles.length > 0;
  at('confirmation').hidden = false;
  at('chosen').focus();
}

function obstacle(it) {
  const line = element('p', it.message + ' ');
  if (it.link && /^(https?:|\/)/.test(it.link)) {
    const link = element('a', 'Put it right');
    link.href = it.link;
    line.append(link);
  }
  return line;
}

function row(it) {
  const made = document.createElement('tr');
  const many = element('td', it.rows);
  many.className = 'number';
  made.append(element('td', it.table), element('td', FATES[it.fate] || it.fate), many);
  return made;
}

async function leave() {
  const { flow, preview } = chosen;
  if (preview.warnings.length && !at('acknowledge').checked) {
    refuse('Please say that you have read the warnings.');
    at('acknowledge').focus();
    return;
  }
  const body = {};
  if (preview.confirm) {
    body.confirm = at('typed').value.trim();
  }
  if (preview.warnings.length) {
    body.acknowledge = preview.digest;
  }
  if (at('reason').value.trim()) {
    body.reason = at('reason').value.trim();
  }
  const asked = await call('POST', flow.href, body);
  at('confirmation').hidden = true;
  if (asked.state === 'erased' && flow.flow !== 'delete-data') {
    out('Your account is deleted. What was done:', asked.receipt);
  } else {
    await refresh();
    say('We have your request. To see afterwards what was done, keep this link:', asked.receipt);
  }
}

async function copies() {
  clearTimeout(polling);
  const status = await call('GET', `${base}/export`);
  const latest = status.latest;
  const open = latest && (latest.state === 'pending' || latest.state === 'running');
  at('progress').hidden = !open;
  at('ask').hidden = Boolean(open);
  at('ask').disabled = Boolean(status.again);
  at('download').replaceChildren();
  at('copy').textContent = open ? 'Your copy is being made.' : status.cooldown || '';
  if (open && latest.progress.of) {
    at('progress').max = latest.progress.of;
    at('progress').value = latest.progress.done;
  } else {
    at('progress').removeAttribute('value');
  }
  if (latest && latest.state === 'failed') {
    at('copy').textContent = 'Your copy could not be made. You can ask again.';
  }
  if (latest && latest.download) {
    const link = element('a', `Download your copy (${Math.max(1, Math.round(latest.bytes / 1024))} kB)`);
    link.href = latest.download;
    at('download').append(link, ` until ${date(latest.expiresAt)}`);
  }
  if (open) {
    polling = setTimeout(() => attempt(copies), 1000);
  }
}

async function refresh() {
  await standing();
  await copies();
}

at('ask').onclick = () => attempt(async () => {
  await call('POST', `${base}/export`, {});
  await copies();
});
at('stay').onclick = () => {
  at('confirmation').hidden = true;
  at('flows').querySelector('button').focus();
};
at('confirmation').onsubmit = event => {
  event.preventDefault();
  attempt(leave);
};
at('out').onclick = () => attempt(async () => {
  await call('DELETE', `${base}/session`);
  out('You have left. Close this window.');
});

attempt(async () => {
  csrf = (await call('GET', `${base}/session`)).csrf;
  await refresh();
  at('signed-in').hidden = false;
});
