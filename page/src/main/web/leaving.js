import { Refusal } from './client.js';
import { isOpen } from './requests.js';
import { sentences } from './view/standing.js';

/* Sends what the person has confirmed, and shows what came of it. */
export async function submit(element) {
  const { flow, preview, key, ticked, typed, reason } = element.chosen;
  const unread = preview.warnings.findIndex((_, i) => !ticked.has(i));
  await mark(element, { untold: unread >= 0, mistyped: '' }, unread >= 0 ? `tick-${unread}` : null);
  if (unread >= 0) {
    return;
  }
  const body = {
    ...preview.confirm || preview.type ? { confirm: typed.trim() } : {},
    ...preview.warnings.length ? { acknowledge: preview.digest } : {},
    ...reason.trim() ? { reason: reason.trim() } : {}
  };
  let asked;
  try {
    asked = await element.calls.call('POST', flow.href, { body, key });
  } catch (e) {
    await correct(element, e);
    return;
  }
  element.tell('exeunt-left', asked);
  await left(element, flow.flow, asked);
}

async function left(element, flow, asked) {
  const link = element.calls.to(asked.receipt);
  if (asked.state === 'erased' && flow !== 'delete-data') {
    element.end(erased(element, 'account', asked), link);
    return;
  }
  element.close();
  await element.refresh();
  if (asked.state === 'erased') {
    element.say(erased(element, 'data', asked), { link });
  } else if (isOpen(asked)) {
    element.say([element.t('leave.asked'), ...sentences(element, asked), element.t('leave.keep-link')].join(' '), { link });
  } else {
    element.say(element.t('leave.before'));
  }
}

/* what: account or data. Other systems may still have to answer. */
function erased({ words: w }, what, { waitingFor }) {
  return waitingFor
    ? w.text(`leave.${what}-waiting`, { n: waitingFor.systems.length, date: w.day(waitingFor.until) })
    : w.text(`leave.${what}-done`);
}

/* Shows a refusal beside the field of the form that can be corrected. */
async function correct(element, e) {
  const { preview } = element.chosen;
  if (!(e instanceof Refusal)) {
    throw e;
  }
  if (e.kind === 'warnings') {
    const { warnings, digest } = e.problem;
    await mark(element, { preview: { ...preview, warnings, digest }, ticked: new Set(), changed: true }, 'warnings');
  } else if (e.kind === 'unconfirmed') {
    await mark(element, { mistyped: element.reasonOf(e) }, 'typed');
  } else if (e.kind === 'guarded') {
    await mark(element, { preview: { ...preview, obstacles: e.problem.obstacles } }, 'obstacles');
  } else {
    throw e;
  }
}

async function mark(element, changes, piece) {
  element.chosen = { ...element.chosen, ...changes };
  await element.updateComplete;
  if (piece) {
    element.come(piece);
  }
}
