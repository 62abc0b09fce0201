import { LitElement, html, nothing } from 'lit';
import { Client, Refusal } from './client.js';
import { style } from './style.js';
import { Texts } from './texts.js';

/* What our elements share: whom they call, in which language they speak, and one message at a time. */
export class ExeuntElement extends LitElement {
  static styles = style;

  static properties = {
    base: {},
    token: { attribute: false },
    texts: { attribute: false },
    lang: { reflect: true },
    signIn: { attribute: 'sign-in' }, // where the hosted page signs people in; an application's own page has its own way
    message: { state: true }
  };

  constructor() {
    super();
    this.base = '/account';
    this.texts = {};
    this.signIn = '';
    this.message = null;
    this.busy = false;
  }

  willUpdate(changed) {
    if (!this.words || changed.has('lang') || changed.has('texts')) {
      this.words = Texts.in(this.wanted(), this.texts);
      this.dir = this.words.direction;
      if (this.calls) {
        this.calls.language = this.words.language;
      }
    }
    if (!this.calls || changed.has('base') || changed.has('token')) {
      const csrf = this.calls?.csrf;
      this.calls = new Client(this.base, this.token, this.words.language);
      this.calls.csrf = csrf;
    }
  }

  wanted() {
    const around = this.closest('[lang]:not(:scope)') || document.documentElement;
    return [this.lang, this === around ? '' : around.lang, ...navigator.languages];
  }

  t(key, values) {
    return this.words.text(key, values);
  }

  /* Runs one call at a time: a second press during the first does nothing. */
  async attempt(work) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    try {
      this.message = null;
      await work();
    } catch (e) {
      this.refuse(e);
    } finally {
      this.busy = false;
    }
  }

  refuse(e) {
    if (!(e instanceof Refusal)) {
      throw e;
    }
    const again = this.signIn && e.kind === 'sign-in-again';
    this.say(again ? this.t('sign-in.too-old') : this.reasonOf(e), { refused: true, signIn: again ? 'again' : null });
  }

  /* In the person's language where we know the kind of the refusal, else as the server says it. */
  reasonOf(refusal) {
    const key = `refused.${refusal.kind}`;
    return this.words.has(key) ? this.t(key) : refusal.message || this.t('refused.other');
  }

  /* link: where it leads; again: offers to look again; signIn: offers to sign in, 'go', or to show who one is, 'again' */
  say(text, { refused = false, link = null, again = false, signIn = null } = {}) {
    this.message = { text, refused, link, again, signIn };
    this.updateComplete.then(() => this.come('message'));
  }

  messages() {
    const { message } = this;
    const content = message ? html`${message.text}
      ${message.link ? html`<a href=${message.link}>${message.link}</a>` : nothing}
      ${message.again ? html`<button type="button" @click=${this.lookAgain}>${this.t('refused.look-again')}</button>` : nothing}
      ${message.signIn ? this.wayToSignIn(message.signIn) : nothing}` : nothing;
    return html`
      <div id="message" tabindex="-1">
        <div part="message" class=${message && !message.refused ? 'mark' : ''} role="status">${message?.refused ? nothing : content}</div>
        <div part="refusal" class=${message?.refused ? 'mark danger' : ''} role="alert">${message?.refused ? content : nothing}</div>
      </div>`;
  }

  lookAgain() {}

  wayToSignIn(how) {
    const address = how === 'again' ? `${this.signIn}?again=true` : this.signIn;
    return html`<p class="buttons"><a part="button" class="button" id="sign-in" href=${address}>${this.t(`sign-in.${how}`)}</a></p>`;
  }

  /* Brings a piece into view and focuses it. */
  come(id) {
    const piece = this.renderRoot.getElementById(id);
    piece?.focus({ preventScroll: true });
    piece?.scrollIntoView({ block: 'center' });
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}
