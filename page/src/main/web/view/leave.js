import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { isMaking } from './copy.js';

const HOURS = { h: 1, d: 24, m: 24 * 28, y: 24 * 365 }; // at least
const SAFE_LINK = /^(https?:\/\/|\/(?![/\\]))/;

/* The ways to leave, and, for the one that is chosen, what would happen and the confirmation. */
export function leave(element, flows) {
  const { words: w, chosen } = element;
  return flows.length === 0 ? nothing : html`
    <section part="section" aria-labelledby="leave-heading">
      <h2 part="heading" id="leave-heading">${w.text('leave.heading')}</h2>
      <p>${w.text('leave.first')}</p>
      <ul class="ways">${flows.map(({ flow, href }) => html`
        <li>
          <button part="button" type="button" id=${`flow-${flow}`} aria-expanded=${String(chosen?.flow.flow === flow)}
            @click=${() => element.show({ flow, href })}>${w.text(`flow.${flow}`)}</button>
          <p>${w.text(`does.${flow}`)}</p>
        </li>`)}</ul>
      ${chosen ? confirmation(element) : nothing}
    </section>`;
}

function confirmation(element) {
  const { words: w, chosen } = element;
  const { flow, preview } = chosen;
  return html`
    <form id="confirmation" part="confirmation" aria-labelledby="chosen" novalidate @submit=${event => element.confirm(event)}>
      <h3 id="chosen" tabindex="-1">${w.text(`flow.${flow.flow}`)}</h3>
      <ul>${facts(element, flow.flow, preview).map(fact => html`<li>${fact}</li>`)}</ul>
      ${copyFirst(element)}
      ${obstacles(w, preview.obstacles)}
      ${table(w, preview)}
      ${warnings(element)}
      ${typed(element)}
      <p><label for="reason">${w.text('leave.reason')}</label>
        <input type="text" id="reason" maxlength="500" autocomplete="off" .value=${live(chosen.reason)}
          @input=${event => { chosen.reason = event.target.value; }}></p>
      <p class="buttons">
        <button part="button danger" type="submit" id="go" class="danger" ?disabled=${preview.obstacles.length > 0}>
          ${w.text(`flow.${flow.flow}`)}</button>
        <button part="button" type="button" id="stay" @click=${() => element.stay()}>${w.text('leave.no')}</button>
      </p>
    </form>`;
}

export function facts({ words: w, calls }, flow, preview) {
  const held = preview.delayedByHold ? [w.text('leave.held')] : [];
  if (preview.grace === 'none') {
    return held.length ? held : [w.text('leave.at-once')];
  }
  const hidden = preview.tables.some(table => table.atRequest === 'hidden');
  return [
    ...preview.loginBlock ? [w.text('leave.login', { span: w.span(preview.loginBlock) })] : [],
    ...hidden ? [w.text('leave.hidden')] : [],
    parseInt(preview.grace, 10) === 0 ? w.text('leave.soon')
      : w.text(flow === 'deactivate' ? 'leave.grace.deactivate' : 'leave.grace.other', {
        span: w.span(preview.grace), date: w.day(end(preview.grace, calls.now()))
      }),
    ...held
  ];
}

/* When a time span of the map that begins now is over. */
function end(span, now) {
  const date = new Date(now);
  const many = parseInt(span, 10);
  const add = {
    h: () => date.setUTCHours(date.getUTCHours() + many),
    d: () => date.setUTCDate(date.getUTCDate() + many),
    m: () => date.setUTCMonth(date.getUTCMonth() + many),
    y: () => date.setUTCFullYear(date.getUTCFullYear() + many)
  };
  add[span.slice(-1)]();
  return date;
}

/* The erasure of the account deletes the copy, and a person who cannot sign in cannot fetch it. The deletion of data leaves it. */
function copyFirst({ words: w, calls, copies, chosen }) {
  const { latest } = copies;
  const { flow, preview } = chosen;
  if (!latest || !latest.download && !isMaking(latest) || flow.flow === 'delete-data') {
    return nothing;
  }
  const hours = preview.grace === 'none' ? 0 : parseInt(preview.grace, 10) * HOURS[preview.grace.slice(-1)];
  const goes = hours === 0 || latest.expiresAt && new Date(latest.expiresAt) > calls.now() + hours * 3600000;
  const text = goes ? w.text(latest.download ? 'leave.copy-first' : 'leave.copy-wait')
    : preview.loginBlock ? w.text('leave.copy-blocked', { span: w.span(preview.loginBlock) })
      : flow.flow === 'deactivate' ? w.text('leave.copy-away') : '';
  return text ? html`<p class="mark">${text}</p>` : nothing;
}

function obstacles(w, all) {
  return all.length === 0 ? nothing : html`
    <div id="obstacles" class="mark danger" role="group" aria-labelledby="obstacles-heading" tabindex="-1">
      <h4 id="obstacles-heading">${w.text('leave.obstacles')}</h4>
      ${all.map(each => html`<p><bdi>${each.message}</bdi>
        ${SAFE_LINK.test(each.link || '') ? html`<a part="link" href=${each.link}>${w.text('leave.way-out')}</a>` : nothing}</p>`)}
    </div>`;
}

function warnings({ words: w, chosen }) {
  const { preview } = chosen;
  return preview.warnings.length === 0 ? nothing : html`
    <div id="warnings" class="mark danger" role="group" aria-labelledby="warnings-heading" tabindex="-1">
      <h4 id="warnings-heading">${w.text(chosen.changed ? 'leave.changed' : 'leave.warnings')}</h4>
      ${preview.warnings.map((warning, i) => html`
        <p class="tick"><input type="checkbox" id=${`tick-${i}`} .checked=${live(chosen.ticked.has(i))}
            aria-invalid=${chosen.untold && !chosen.ticked.has(i) ? 'true' : nothing}
            aria-describedby=${chosen.untold ? 'tick-fault' : nothing}
            @change=${event => { chosen.ticked[event.target.checked ? 'add' : 'delete'](i); }}>
          <label for=${`tick-${i}`}><bdi>${warning}</bdi></label></p>`)}
      <span id="tick-fault" class="fault" role="alert">${chosen.untold ? w.text('leave.tick') : nothing}</span>
    </div>`;
}

function typed({ words: w, chosen }) {
  const { preview } = chosen;
  if (!preview.confirm && !preview.type) {
    return nothing;
  }
  const label = preview.confirm ? w.text('leave.type', { what: w.identifier(preview.confirm) }) : w.text('leave.type-word', { what: preview.type });
  return html`
    <p><label for="typed">${label}</label>
      <input type="text" id="typed" autocomplete="off" autocapitalize="none" spellcheck="false" .value=${live(chosen.typed)}
        aria-invalid=${chosen.mistyped ? 'true' : nothing} aria-describedby=${chosen.mistyped ? 'typed-fault' : nothing}
        @input=${event => { chosen.typed = event.target.value; }}>
      <span id="typed-fault" class="fault" role="alert">${chosen.mistyped || nothing}</span></p>`;
}

/* Each table once, with a line for each outcome of its rows. */
function table(w, preview) {
  const groups = new Map();
  for (const each of preview.tables) {
    const group = groups.get(each.table) || { title: title(each), means: each.means, lines: new Map() };
    const becomes = outcome(w, each);
    group.lines.set(becomes, (group.lines.get(becomes) || 0) + each.rows);
    groups.set(each.table, group);
  }
  const kept = new Set(preview.tables.filter(each => each.fate === 'keep').map(each => each.table));
  const both = preview.tables.some(each => each.fate === 'delete' && kept.has(each.table));
  return groups.size === 0 ? html`<p>${w.text('leave.nothing')}</p>` : html`
    <table part="table">
      <caption>${w.text('leave.caption')}</caption>
      <thead><tr><th scope="col">${w.text('leave.what')}</th><th scope="col">${w.text('leave.becomes')}</th>
        <th scope="col" class="number">${w.text('leave.many')}</th></tr></thead>
      ${[...groups.values()].map(group => html`<tbody>${[...group.lines].map(([becomes, rows], i) => html`
        <tr>${i > 0 ? nothing : html`<th scope="rowgroup" rowspan=${group.lines.size}><bdi>${group.title}</bdi>
            ${group.means ? html`<small><bdi>${group.means}</bdi></small>` : nothing}</th>`}
          <td>${becomes}</td><td class="number">${w.number(rows)}</td></tr>`)}</tbody>`)}
    </table>
    ${both ? html`<p>${w.text('leave.both')}</p>` : nothing}
    ${preview.shared > 0 ? html`<p>${w.text('leave.shared', { n: preview.shared })}</p>` : nothing}`;
}

/* The map's title, else the table's name with its words apart: 'order_items', 'shop.OrderItems'. */
function title({ table: name, title: given }) {
  return given || name.replace(/^[^.]*\./, '').replace(/"/g, '').replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function outcome(w, { fate, kept, atRequest }) {
  const becomes = kept ? keeps(w, kept) : w.has(`fate.${fate}`) ? w.text(`fate.${fate}`) : fate;
  return atRequest === 'deleted' ? w.text('fate.now') : atRequest === 'hidden' ? w.text('fate.hidden', { fate: becomes }) : becomes;
}

/* 'kept: tax law (legal obligation), until 4 June 2029, then deleted' */
function keeps(w, { reason, basis, until, thenDelete }) {
  return [
    basis ? w.text('kept.basis', { reason, basis: basis.replace(/-/g, ' ') }) : w.text('kept.reason', { reason }),
    ...until ? [w.text('kept.until', { date: w.day(until) })] : [],
    ...thenDelete ? [w.text('kept.then')] : []
  ].join(w.language === 'ar' ? '، ' : ', ');
}
