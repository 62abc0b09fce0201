'use strict';

/* The texts of the page, for a person who may be in a hurry and worried. Nothing here asks or changes anything. */

const NAMES = {
  'delete-data': 'Delete my data, keep my account',
  'deactivate': 'Deactivate my account',
  'delete-account': 'Delete my account'
};
const DOES = {
  'delete-data': 'We delete what you have made. Your account stays. You can go on using it, and what you make from now on is kept.',
  'deactivate': 'You leave, but may still change your mind. If you do not take your account up again in time, it is deleted.',
  'delete-account': 'Your account is deleted, with all that belongs to it. What stays is in the list below.'
};
const FATES = {
  'delete': 'deleted', 'anonymize': 'made anonymous', 'detach': 'no longer linked to you', 'reassign': 'handed over', 'keep': 'kept',
  'leave alone': 'stays as it is'
};
const AT_REQUEST = { hidden: 'out of sight at once, then ', deleted: 'deleted at once' };
const STATES = {
  scheduled: 'is going to happen', erasing: 'is happening now', erased: 'done', cancelled: 'taken back', reactivated: 'taken back',
  blocked: 'is waiting, because something stands in the way; it is checked again regularly',
  failed: 'failed several times; it is tried again only after the people who run the application have looked at it: ask them'
};
const UNITS = { h: 'hour', d: 'day', m: 'month', y: 'year' };
const HOURS = { h: 1, d: 24, m: 24 * 28, y: 24 * 365 }; // at least
const LOST = { detail: 'We do not know whether your request arrived.', lost: true };
const LINK_OVER = 'This link is not valid, or has expired. Go back to the application and come here again.';
const OVER = 'Your session has ended. Go back to the application and come here again.';

const OPEN = ['scheduled', 'erasing', 'blocked', 'failed'];
const WEIGHT = { 'delete-data': 1, 'deactivate': 2, 'delete-account': 3 };

function date(text) {
  return new Date(text).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

function day(text) {
  return new Date(text).toLocaleDateString('en-GB', { dateStyle: 'long' });
}

/* '30d' */
function span(text) {
  const many = parseInt(text, 10);
  return `${many} ${UNITS[text.slice(-1)]}${many === 1 ? '' : 's'}`;
}

function stands(it) {
  if (it.state !== 'scheduled') {
    return `“${NAMES[it.flow]}” ${STATES[it.state] || it.state}.`;
  }
  const blocked = it.loginBlockedUntil && new Date(it.loginBlockedUntil) > new Date()
    ? ` Until ${date(it.loginBlockedUntil)} you cannot sign in to the application.` : '';
  return {
    'delete-data': `Your data will be deleted on ${date(it.dueAt)}. Until then you can take it back. Your account stays.`,
    'deactivate': `Your account is deactivated.${blocked} It will be deleted on ${date(it.dueAt)}, unless you take it up again before.`,
    'delete-account': `Your account will be deleted on ${date(it.dueAt)}. Until then you can take it back.${blocked}`
  }[it.flow];
}

/* Without an open request. A login block may hold longer than its request. */
function stays({ state, until }) {
  return 'Nothing is going to happen to your account or your data.'
    + (state === 'blocked' ? ` Until ${date(until)} you cannot sign in to the application.` : '');
}

/* restored: by table, how many rows are as they were, were changed meanwhile, are gone */
function backAgain(restored) {
  const sum = what => restored.reduce((all, table) => all + table[what], 0);
  const changed = sum('changed');
  const gone = sum('gone');
  if (changed + gone === 0) {
    return 'Taken back. Everything is as it was.';
  }
  return 'Taken back, but not everything is as it was.'
    + (changed ? ` ${entries(changed)} of yours ${changed === 1 ? 'was' : 'were'} changed meanwhile. These changes stay.` : '')
    + (gone ? ` ${entries(gone)} could not be brought back, because of other changes meanwhile.` : '');
}

function entries(many) {
  return many === 1 ? '1 entry' : `${many} entries`;
}

function facts(flow, preview) {
  if (preview.grace === 'none') {
    return ['It happens at once, and cannot be taken back.'];
  }
  const facts = [];
  if (preview.loginBlock) {
    facts.push(`For ${span(preview.loginBlock)} from now on you cannot sign in to the application.`);
  }
  if (preview.tables.some(t => t.atRequest === 'hidden')) {
    facts.push('What is “out of sight at once” in the list comes back if you '
      + (flow === 'deactivate' ? 'take your account up again.' : 'take it back.'));
  }
  if (parseInt(preview.grace, 10) === 0) {
    facts.push('It is deleted for good as soon as possible. There may be no time to take it back.');
  } else if (flow === 'deactivate') {
    facts.push(`You have ${span(preview.grace)} to take your account up again. Then it is deleted for good.`);
  } else {
    facts.push(`You have ${span(preview.grace)} to think it over, and can take it back until then. Then it is deleted for good.`);
  }
  return facts;
}

/* The map's title, else the table's name with its words apart: 'order_items', 'shop.OrderItems'. */
function called({ table, title }) {
  return title || table.replace(/^[^.]*\./, '').replace(/"/g, '').replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/* 'kept: tax law (legal obligation), until 4 June 2029, then deleted' */
function keeps({ reason, basis, until, thenDelete }) {
  return `kept: ${reason}` + (basis ? ` (${basis.replace(/-/g, ' ')})` : '')
    + (until ? `, until ${day(until)}` : '') + (thenDelete ? ', then deleted' : '');
}

function becomes(it) {
  const then = it.kept ? keeps(it.kept) : FATES[it.fate] || it.fate;
  return it.atRequest === 'deleted' ? AT_REQUEST.deleted : (AT_REQUEST[it.atRequest] || '') + then;
}
