import { html, nothing } from 'lit';

/* What is going to happen to the person's account and data, and the way to take it back. */
export function standing(element) {
  const { account, words: w } = element;
  const first = element.first();
  const back = account.banner && first.state !== 'erasing';
  return html`
    <section part="section" aria-labelledby="standing-heading">
      <h2 part="heading" id="standing-heading" tabindex="-1">${w.text('standing.heading')}</h2>
      <p id="standing">${element.unsure ? w.text('standing.unknown') : sentences(element, first).join(' ')}</p>
      ${back && !element.unsure ? html`
        <p class="buttons"><button part="button" type="button" id="back" @click=${() => element.takeBack()}>
          ${w.text(account.banner.flow === 'deactivate' ? 'back.reactivate' : 'back.take')}</button></p>` : nothing}
    </section>`;
}

export function sentences(element, request) {
  const { account, words: w } = element;
  if (!request) {
    return [w.text('standing.none'), ...account.state === 'blocked' ? [w.text('standing.login', { date: w.date(account.until) })] : []];
  }
  if (request.state !== 'scheduled') {
    return [w.text('standing.other', { flow: w.text(`flow.${request.flow}`), state: w.text(`state.${request.state}`) })];
  }
  const blocked = request.loginBlockedUntil && new Date(request.loginBlockedUntil) > element.calls.now();
  return [
    w.text(`standing.${request.flow}`, { date: w.date(request.dueAt) }),
    ...blocked ? [w.text('standing.login', { date: w.date(request.loginBlockedUntil) })] : [],
    ...account.delayedByHold ? [w.text('standing.held')] : []
  ];
}

/* restored: by table, how many rows are as they were, were changed meanwhile, are gone */
export function restoredSentences(w, restored) {
  const sum = what => restored.reduce((all, table) => all + table[what], 0);
  const changed = sum('changed');
  const gone = sum('gone');
  if (changed + gone === 0) {
    return [w.text('back.done')];
  }
  return [
    w.text('back.partly'),
    ...changed ? [w.text('back.changed', { n: changed })] : [],
    ...gone ? [w.text('back.gone', { n: gone })] : []
  ];
}
