import { css, html, nothing } from 'lit';
import { Refusal } from './client.js';
import { ExeuntElement } from './element.js';
import { style } from './style.js';

/*
 * <exeunt-link>: where a person who cannot sign in any more asks for a one-time link. Shows nothing where the server sends none.
 */
export class ExeuntLink extends ExeuntElement {
  static styles = [style, css`
    select {
      display: block; box-sizing: border-box; inline-size: 100%; min-height: 2.75rem; margin-block-start: .25rem; padding: .45rem;
      font: inherit; color: inherit; background: var(--background); border: 1px solid var(--line); border-radius: var(--radius);
    }
  `];

  static properties = { offer: { state: true }, kind: { state: true }, missing: { state: true } };

  constructor() {
    super();
    this.offer = null;
    this.kind = null;
    this.missing = false;
    this.identifier = '';
    this.followed = () => location.hash.startsWith('#enter=') && location.reload();
  }

  /* Where the link is opened in this very tab, the browser changes only what stands behind the #, and loads nothing. */
  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('hashchange', this.followed);
    this.updateComplete.then(() => this.ask());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.followed);
  }

  /* Appears by itself, so it moves no focus. */
  async ask() {
    try {
      this.offer = await this.calls.get('link');
      this.kind = this.offer.kinds[0];
    } catch (e) {
      if (!(e instanceof Refusal)) {
        throw e;
      }
      this.message = { text: this.reasonOf(e), refused: true };
    }
  }

  render() {
    return html`${this.offer?.offered ? this.form() : this.messages()}`;
  }

  form() {
    return html`
      <section part="section" aria-labelledby="link-heading">
        <h2 part="heading" id="link-heading">${this.t('link.heading')}</h2>
        <p>${this.t('link.does')}</p>
        ${this.messages()}
        <form part="link" id="link" novalidate @submit=${event => this.submit(event)}>
          ${this.offer.kinds.length > 1 ? this.choice() : nothing}
          <p><label for="identifier">${this.t('link.identifier', { what: this.words.identifier(this.kind) })}</label>
            <input type="text" id="identifier" maxlength="320" autocapitalize="none" spellcheck="false"
              autocomplete=${this.kind.includes('mail') ? 'email' : 'username'} inputmode=${this.kind.includes('mail') ? 'email' : 'text'}
              aria-required="true" aria-invalid=${String(this.missing)} aria-describedby="missing"
              @input=${event => { this.identifier = event.target.value; }}>
            <span id="missing" class="fault">${this.missing ? this.t('link.missing') : nothing}</span></p>
          <p class="buttons"><button part="button" type="submit" id="send">${this.t('link.send')}</button></p>
        </form>
      </section>`;
  }

  choice() {
    return html`
      <p><label for="kind">${this.t('link.kind')}</label>
        <select id="kind" @change=${event => { this.kind = event.target.value; }}>
          ${this.offer.kinds.map(kind => html`<option value=${kind} ?selected=${kind === this.kind}>${this.words.identifier(kind)}</option>`)}
        </select></p>`;
  }

  async submit(event) {
    event.preventDefault();
    this.missing = !this.identifier.trim();
    if (this.missing) {
      await this.updateComplete;
      this.come('identifier');
      return;
    }
    await this.attempt(async () => {
      await this.calls.call('POST', 'link', { body: { identifier: this.identifier, kind: this.kind } });
      this.say(this.t('link.sent', { n: this.offer.minutes }));
    });
  }
}
