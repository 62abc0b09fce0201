import { html } from 'lit';
import { stateText } from '../requests.js';

/* What the person has asked for, with the receipts. */
export function history({ account, words: w, calls }) {
  const item = request => w.text(request.state === 'scheduled' ? 'history.item-due' : 'history.item', {
    flow: w.text(`flow.${request.flow}`),
    date: w.date(request.requestedAt),
    state: stateText(w, calls, request),
    due: w.date(request.dueAt)
  });
  return html`
    <section part="section" aria-labelledby="history-heading">
      <h2 part="heading" id="history-heading">${w.text('history.heading')}</h2>
      ${account.requests.length === 0 ? html`<p>${w.text('history.none')}</p>` : html`
        <ul>${account.requests.map(request => html`
          <li>${item(request)} <a part="link" href=${calls.to(request.receipt)}>${w.text('history.receipt')}</a></li>`)}</ul>`}
    </section>`;
}
