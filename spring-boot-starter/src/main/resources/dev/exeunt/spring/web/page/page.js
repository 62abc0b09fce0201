'use strict';

/* Asks for what the page shows, and sends what the person wants: where they stand, copies, starting a request and taking it back.
   page-view.js shows it, in the words of page-words.js. Nothing is stored here. */

const base = location.pathname.replace(/\/page$/, '');

let csrf = null;
let chosen = null;
let latest = null;
let copyWish = null;
let again = null;
let polling = null;
let busy = false;

class Refusal extends Error {
  constructor(problem) {
    super(problem.detail || 'That did not work. Try again in a moment.');
    this.problem = problem;
  }

  is(type) {
    return this.problem.type === `urn:exeunt:problem:${type}`;
  }
}

/* Returns an idempotency key: one for each wish, however often it is sent. */
function wish() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(16).padStart(8, '0')).join('');
}

async function call(method, path, body, key) {
  const options = { method, headers: {}, credentials: 'same-origin' };
  const changes = method !== 'GET';
  if (changes) {
    options.headers['X-Exeunt-Csrf'] = csrf;
  }
  if (key) {
    options.headers['Idempotency-Key'] = key;
  }
  if (body) {
    options.headers['Content-Type'] = 'application/json';
    options.body = JSON.stringify(body);
  }
  let answer;
  let json;
  try {
    answer = await fetch(path, options);
    json = await answer.json();
  } catch (e) {
    throw new Refusal(changes ? LOST : { detail: 'There is no connection at the moment. Try again.' });
  }
  if (!answer.ok) {
    const known = String(json.type).startsWith('urn:exeunt:problem:');
    throw new Refusal(changes && (!known || answer.status >= 500) ? LOST : json);
  }
  return json;
}

/* Runs one call at a time: a second press during the first is ignored. */
async function attempt(work) {
  if (busy) {
    return;
  }
  busy = true;
  try {
    message('status', '');
    await work();
  } catch (e) {
    if (!(e instanceof Refusal)) {
      throw e;
    }
    if (e.is('unauthenticated')) {
      out(OVER);
    } else {
      refuse(e.message);
      if (e.problem.lost) {
        lost();
      }
    }
  } finally {
    busy = false;
  }
}

/* The outcome is unknown: what the page shows may be out of date. */
function lost() {
  const link = element('a', 'Open this page again to see where you stand.');
  link.href = `${base}/page`;
  at('message').append(' ', link);
  at('standing').textContent = 'We do not know at the moment.';
  at('back').hidden = true;
}

function out(text, link) {
  clearTimeout(polling);
  at('signed-in').hidden = true;
  say(text, link);
}

async function standing() {
  const account = await call('GET', base);
  const open = account.requests.filter(r => OPEN.includes(r.state));
  const first = open.sort((a, b) => WEIGHT[b.flow] - WEIGHT[a.flow])[0];
  at('standing').textContent = first ? stands(first) : stays(account);
  back(account.banner, first);
  const flows = account.flows.filter(f => !open.some(r => r.flow === f.flow));
  at('flows').replaceChildren(...flows.map(offer));
  at('leave').hidden = flows.length === 0;
  const asked = account.requests.map(request);
  at('asked').replaceChildren(...(asked.length ? asked : [element('li', 'Nothing so far.')]));
}

function back(banner, first) {
  at('back').hidden = !banner || first.state === 'erasing';
  if (banner) {
    at('back').textContent = banner.flow === 'deactivate' ? 'Take up my account again' : 'Take it back';
    at('back').onclick = () => attempt(async () => {
      const returned = await call(banner.cancel.method, banner.cancel.href);
      close();
      await refresh();
      say(backAgain(returned.restored));
    });
  }
}

function offer(flow) {
  const button = element('button', NAMES[flow.flow]);
  button.type = 'button';
  button.onclick = () => attempt(() => show(flow, button));
  return button;
}

async function show(flow, button) {
  const preview = await call('GET', `${base}/preview?flow=${flow.flow}`);
  chosen = { flow, preview, button, key: wish() };
  at('chosen').textContent = NAMES[flow.flow];
  at('does').textContent = DOES[flow.flow];
  at('when').replaceChildren(...facts(flow.flow, preview).map(f => element('li', f)));
  obstacles(preview.obstacles);
  warnings(preview, 'Please read this first');
  tables(preview.tables);
  at('typed-line').hidden = !preview.confirm;
  at('typed-label').textContent = `To go on, type your ${String(preview.confirm).replace(/_/g, ' ')}`;
  at('typed').value = '';
  fault('typed', '');
  at('reason').value = '';
  at('go').textContent = NAMES[flow.flow];
  at('confirmation').hidden = false;
  showCopyFirst(copyFirst(chosen, latest));
  at('chosen').focus();
}

/* of: the preview, or the refusal with the current warnings */
function warnings(of, title) {
  chosen.preview.warnings = of.warnings;
  chosen.preview.digest = of.digest;
  showWarnings(of.warnings, title);
}

function close() {
  at('confirmation').hidden = true;
  chosen = null;
}

async function leave() {
  const { flow, preview, key } = chosen;
  fault('typed', '');
  fault('acknowledge', '');
  if (preview.warnings.length && !at('acknowledge').checked) {
    fault('acknowledge', 'Please say that you have read the warnings.');
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
  let asked;
  try {
    asked = await call('POST', flow.href, body, key);
  } catch (e) {
    refused(e);
    return;
  }
  if (asked.state === 'erased' && flow.flow !== 'delete-data') {
    out('Your account is deleted. What was done:', asked.receipt);
    return;
  }
  close();
  await refresh();
  if (asked.state === 'erased') {
    say('Your data is deleted. What was done:', asked.receipt);
  } else if (OPEN.includes(asked.state)) {
    say(`We have your request. ${stands(asked)} To see afterwards what was done, keep this link:`, asked.receipt);
  } else {
    say('We had this request before, and it was taken back since. If you still want it, ask again.');
  }
}

/* Shows a refusal beside the field of the form that can be corrected. */
function refused(e) {
  if (!(e instanceof Refusal)) {
    throw e;
  }
  if (e.is('warnings')) {
    warnings(e.problem, 'These have changed. Please read them again.');
    come('warnings');
  } else if (e.is('unconfirmed')) {
    fault('typed', e.message);
  } else if (e.is('guarded')) {
    obstacles(e.problem.obstacles);
    come('obstacles');
  } else {
    throw e;
  }
}

async function copies() {
  clearTimeout(polling);
  const status = await call('GET', `${base}/export`);
  latest = status.latest;
  again = status.cooldown;
  showCopy(status);
  showCopyFirst(chosen ? copyFirst(chosen, latest) : '');
  if (latest && isOpen(latest)) {
    polling = setTimeout(poll, 1000);
  }
}

/* Runs by itself: it moves no focus and clears no message. */
async function poll() {
  try {
    await copies();
  } catch (e) {
    if (!(e instanceof Refusal)) {
      throw e;
    }
    if (e.is('unauthenticated')) {
      out(OVER);
    } else {
      tell(e.message);
      polling = setTimeout(poll, 5000);
    }
  }
}

async function refresh() {
  await standing();
  await copies();
}

at('ask').onclick = () => attempt(async () => {
  if (at('ask').getAttribute('aria-disabled') === 'true') {
    refuse(again);
    return;
  }
  copyWish = copyWish || wish();
  try {
    await call('POST', `${base}/export`, {}, copyWish);
  } catch (e) {
    copyWish = e.problem && e.problem.lost ? copyWish : null;
    throw e;
  }
  copyWish = null;
  await copies();
});
at('stay').onclick = () => {
  const { button } = chosen;
  close();
  button.focus();
};
at('confirmation').onsubmit = event => {
  event.preventDefault();
  attempt(leave);
};
at('out').onclick = () => attempt(async () => {
  await call('DELETE', `${base}/session`);
  out('You are signed out of this page. You can close the window.');
});

/* The token of a link comes behind the #, which no server and no log sees, and leaves the address at once. The page makes the call,
   since only calls of our own page send the cookie of the open session. */
async function enter() {
  const token = new URLSearchParams(location.hash.slice(1)).get('enter');
  if (token === null) {
    await open();
    return;
  }
  history.replaceState(null, '', location.pathname);
  try {
    await call('POST', `${base}/enter`, { token });
  } catch (e) {
    await notEntered(e, token);
    return;
  }
  await open();
}

async function notEntered(e, token) {
  if (e instanceof Refusal && e.is('session-open')) {
    question(token);
  } else if (e instanceof Refusal && e.is('unauthenticated')) {
    await open(LINK_OVER);
  } else {
    throw e;
  }
}

/* The person decides which account is open here: another person may have sent the link. */
function question(token) {
  const answer = work => attempt(async () => {
    at('another').hidden = true;
    await work();
  });
  at('another').hidden = false;
  at('keep').onclick = () => answer(() => open('The account that was open before is still open.'));
  at('switch').onclick = () => answer(async () => {
    try {
      await call('POST', `${base}/enter`, { token, replace: true });
    } catch (e) {
      await notEntered(e, token);
      return;
    }
    await open('The account of your link is open now.');
  });
  come('another-title');
}

/* news: the message to show; LINK_OVER is shown also where no session is open */
async function open(news) {
  try {
    csrf = (await call('GET', `${base}/session`)).csrf;
  } catch (e) {
    if (news === LINK_OVER && e instanceof Refusal && e.is('unauthenticated')) {
      out(LINK_OVER);
      return;
    }
    throw e;
  }
  await refresh();
  at('signed-in').hidden = false;
  if (news === LINK_OVER) {
    refuse(`${LINK_OVER} The account that was open before is still open.`);
  } else if (news) {
    say(news);
  }
}

attempt(enter);
