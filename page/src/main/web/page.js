import { html, nothing } from 'lit';
import { Refusal } from './client.js';
import { ExeuntElement } from './element.js';

/*
 * <exeunt-page>: the page that the server hosts. It opens a session by the link of the application or after a sign-in at the provider,
 * shows <exeunt-account>, and ends the session.
 *
 * The script in page.html begins that call before this one is here: entrance is null, or { call, body } with the answer to come, or with
 * the failure that the provider told.
 *
 * Attribute: sign-in, the address that begins a sign-in at the provider; without it only links of the application lead here.
 */
export class ExeuntPage extends ExeuntElement {
  static properties = {
    texts: { type: Object }, // the operator's, in the page as JSON
    stage: { state: true },
    other: { state: true }
  };

  constructor() {
    super();
    this.base = location.pathname.replace(/\/page$/, '');
    this.stage = 'begin';
    this.proof = null;
    this.begun = null; // the answer of the call that opened the session
    this.lastWord = null; // of a link or sign-in that did not hold
    this.wasSignedIn = false;
    this.back = () => this.renderRoot.getElementById('account')?.close();
  }

  wanted() {
    return [this.lang, ...navigator.languages];
  }

  connectedCallback() {
    super.connectedCallback();
    window.addEventListener('popstate', this.back);
    this.updateComplete.then(() => this.attempt(() => this.enter()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('popstate', this.back);
  }

  updated() {
    document.documentElement.lang = this.words.language;
    document.documentElement.dir = this.words.direction;
    document.title = this.t('title');
  }

  render() {
    return html`
      <h1 part="title">${this.t('title')}</h1>
      ${this.messages()}
      ${this.stage === 'question' ? this.question() : nothing}
      ${this.stage === 'open' ? html`
        <exeunt-account id="account" base=${this.base} lang=${this.words.locale} .texts=${this.texts} .signIn=${this.signIn}
          .begun=${this.begun}
          @exeunt-opened=${() => history.pushState({ leave: true }, '')}
          @exeunt-closed=${() => this.closed()}
          @exeunt-signed-in=${() => this.signedIn()} @exeunt-expired=${() => this.expired()}></exeunt-account>
        <p class="buttons"><button part="button" type="button" id="out" @click=${() => this.leave()}>${this.t('session.out')}</button></p>`
        : nothing}
      ${this.stage === 'over' ? html`
        <exeunt-link base=${this.base} lang=${this.words.locale} .texts=${this.texts}></exeunt-link>` : nothing}`;
  }

  /* The confirmation was left otherwise than by the browser's back button. */
  closed() {
    if (history.state?.leave) {
      history.back();
    }
  }

  /* The person decides which account is open here: another person may have sent the link. */
  question() {
    return html`
      <section part="section" aria-labelledby="another">
        <h2 part="heading" id="another" tabindex="-1">${this.t('session.another')}</h2>
        <p>${this.t(`${this.proof.texts}.another-why`)}</p>
        <p class="buttons">
          <button part="button" type="button" id="keep" @click=${() => this.attempt(async () => this.opened(this.t('session.still')))}>
            ${this.t('session.keep')}</button>
          <button part="button" type="button" id="switch" @click=${() => this.attempt(() => this.replace())}>
            ${this.t(`${this.proof.texts}.switch`)}</button>
        </p>
      </section>`;
  }

  /* The script in the page has sent the proof of the person already. Only calls of our own page send the cookie of the session that is open. */
  async enter() {
    if (!entrance) {
      this.opened();
      return;
    }
    const { call, body, answer, failure } = entrance;
    this.proof = call === 'enter'
      ? { call, body, texts: 'session', over: 'session.link-over' }
      : { call, body, texts: 'sign-in', over: 'sign-in.over' };
    if (answer) {
      await this.send(this.calls.answer(true, () => answer), null);
    } else {
      await this.notProven(this.words.has(`sign-in.${failure}`) ? `sign-in.${failure}` : 'sign-in.failed');
    }
  }

  replace() {
    const { call, body, texts } = this.proof;
    return this.send(this.calls.call('POST', call, { body: { ...body, replace: true } }), this.t(`${texts}.switched`));
  }

  async send(answer, news) {
    try {
      this.begun = await answer;
    } catch (e) {
      await this.notEntered(e);
      return;
    }
    this.opened(news);
  }

  async notEntered(e) {
    if (!(e instanceof Refusal)) {
      throw e;
    }
    if (e.kind === 'session-open') {
      this.stage = 'question';
      await this.updateComplete;
      this.come('another');
    } else if (e.kind === 'unauthenticated') {
      await this.notProven(this.proof.over);
    } else {
      throw e;
    }
  }

  /* A session that was open before stays open. */
  async notProven(key) {
    const way = key === 'sign-in.unknown' ? 'again' : 'go'; // again: the provider would not ask which account is meant
    const say = text => this.say(text, { refused: true, signIn: this.signIn ? way : null });
    this.lastWord = this.t(key);
    await this.calls.get('session').then(
      () => {
        this.opened();
        say(`${this.lastWord} ${this.t('session.still')}`);
      },
      () => {
        this.stage = 'over';
        say(this.lastWord);
      });
  }

  signedIn() {
    this.wasSignedIn = true;
    this.lastWord = null;
  }

  expired() {
    this.stage = 'over';
    if (!this.signIn) {
      this.say(this.lastWord || this.t(this.wasSignedIn ? 'session.over' : 'session.none'));
    } else {
      this.say(this.lastWord || this.t(this.wasSignedIn ? 'sign-in.ended' : 'sign-in.first'), { signIn: 'go' });
    }
  }

  opened(news = null) {
    this.stage = 'open';
    if (news) {
      this.say(news);
    }
  }

  leave() {
    return this.attempt(async () => {
      const { csrf } = this.renderRoot.getElementById('account').calls;
      this.calls.csrf = csrf || (await this.calls.get('session')).csrf; // the person may press while the account is still on its way
      await this.calls.call('DELETE', 'session');
      this.stage = 'over';
      this.say(this.t(this.signIn ? 'sign-in.is-out' : 'session.is-out'), { signIn: this.signIn ? 'go' : null });
    });
  }
}
