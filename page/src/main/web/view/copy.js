import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

export const isMaking = job => job.state === 'pending' || job.state === 'running';

/* The copy of the person's data: making it, its progress, the download, and earlier ones. */
export function copy(element) {
  const { copies, words: w } = element;
  const { latest } = copies;
  const open = Boolean(latest) && isMaking(latest);
  return html`
    <section part="section" aria-labelledby="copy-heading">
      <h2 part="heading" id="copy-heading">${w.text('copy.heading')}</h2>
      <p>${w.text('copy.does')}</p>
      <p id="copy" role="status">${line(element, latest, open)}</p>
      ${open ? progress(w, latest.progress) : nothing}
      ${latest?.download ? download(element, latest) : nothing}
      ${open ? nothing : html`
        ${choice(element)}
        <p class="buttons"><button part="button" type="button" id="ask" aria-describedby="copy"
          aria-disabled=${String(Boolean(copies.again))} @click=${() => element.askForCopy()}>${w.text('copy.ask')}</button></p>`}
      ${earlier(w, copies.exports.slice(1))}
    </section>`;
}

/* The person may leave sections out. */
function choice(element) {
  const { copies: { sections = [] }, words: w, leftOut } = element;
  return sections.length < 2 ? nothing : html`
    <details id="choice">
      <summary>${w.text('copy.choose')}</summary>
      <fieldset>
        <legend>${w.text('copy.sections')}</legend>
        ${sections.map(({ name, title }, i) => html`
          <p class="tick"><input type="checkbox" id=${`section-${i}`} .checked=${live(!leftOut.has(name))}
              @change=${event => element.choose(name, event.target.checked)}>
            <label for=${`section-${i}`}><bdi>${title || name.replaceAll('_', ' ')}</bdi></label></p>`)}
      </fieldset>
    </details>`;
}

function line(element, latest, open) {
  const { copies, words: w } = element;
  if (element.trouble) {
    return element.trouble;
  }
  const state = open ? w.text('copy.making') : latest?.state === 'failed' ? w.text('copy.failed')
    : latest?.download ? w.text('copy.ready') : '';
  return copies.again && !open ? `${state} ${again(element)}` : state;
}

export function again({ copies, words: w, calls }) {
  return w.text('copy.again', { when: w.when(copies.again, calls.now()) });
}

function progress(w, { done, of }) {
  return html`
    <progress aria-label=${w.text('copy.progress')} max=${of || nothing} .value=${of ? done : null}></progress>
    ${of ? html`<p>${w.text('copy.part', { done, of })}</p>` : nothing}`;
}

function download(element, job) {
  const { words: w, calls } = element;
  return html`
    <p><a part="link" id="download" href=${calls.to(job.download)} @click=${event => element.fetchCopy(event, job)}>${w.text('copy.download', { size: w.size(job.bytes) })}</a></p>
    ${job.sections ? html`<p id="only">${w.text('copy.only', { sections: titles(element, job.sections) })}</p>` : nothing}
    <p>${job.rows === null ? nothing : w.text('copy.rows', { n: job.rows })} ${w.text('copy.expires', { date: w.date(job.expiresAt) })}</p>`;
}

function titles({ copies: { sections = [] } }, names) {
  const title = name => sections.find(section => section.name === name)?.title || name.replaceAll('_', ' ');
  return names.map(title).join(', ');
}

function earlier(w, jobs) {
  return jobs.length === 0 ? nothing : html`
    <h3>${w.text('copy.earlier')}</h3>
    <ul>${jobs.map(job => html`
      <li>${w.text('copy.of', { date: w.date(job.requestedAt), state: w.text(`copy.state.${job.state}`) })}</li>`)}</ul>`;
}
