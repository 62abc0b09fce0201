import { html, nothing } from 'lit';
import { Refusal } from './client.js';
import { ExeuntElement } from './element.js';

/*
 * <exeunt-page>: the page that the server hosts. It opens a session by the link of the application, shows <exeunt-account>, and
 * ends the session.
 */
export class ExeuntPage extends ExeuntElement {
  static properties = { stage: { state: true }, other: { state: true } };

  constructor() {
    super();
    this.base = location.pathname.replace(/\/page$/, '');
    this.stage = 'begin';
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
        <exeunt-account id="account" base=${this.base} lang=${this.words.locale} .texts=${this.texts}
          @exeunt-opened=${() => history.pushState({ leave: true }, '')}
          @exeunt-closed=${() => this.closed()}
          @exeunt-expired=${() => { this.stage = 'over'; this.say(this.lastWord || this.t('session.over')); }}></exeunt-account>
        <p class="buttons"><button part="button" type="button" id="out" @click=${() => this.leave()}>${this.t('session.out')}</button></p>`
        : nothing}`;
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
        <p>${this.t('session.another-why')}</p>
        <p class="buttons">
          <button part="button" type="button" id="keep" @click=${() => this.attempt(async () => this.opened(this.t('session.still')))}>
            ${this.t('session.keep')}</button>
          <button part="button" type="button" id="switch" @click=${() => this.attempt(() => this.replace())}>
            ${this.t('session.switch')}</button>
        </p>
      </section>`;
  }

  /* The token of a link comes behind the #, which no server and no log sees, and leaves the address at once. The page makes the call,
     since only calls of our own page send the cookie of the open session. */
  async enter() {
    this.link = new URLSearchParams(location.hash.slice(1)).get('enter');
    if (this.link === null) {
      this.opened();
      return;
    }
    history.replaceState(null, '', location.pathname);
    await this.send({ token: this.link }, null);
  }

  replace() {
    return this.send({ token: this.link, replace: true }, this.t('session.switched'));
  }

  async send(body, news) {
    try {
      await this.calls.call('POST', 'enter', { body });
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
      this.lastWord = this.t('session.link-over');
      await this.calls.get('session').then(
        () => {
          this.opened();
          this.say(`${this.t('session.link-over')} ${this.t('session.still')}`, { refused: true });
        },
        () => this.say(this.lastWord, { refused: true }));
    } else {
      throw e;
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
      this.calls.csrf = csrf;
      await this.calls.call('DELETE', 'session');
      this.stage = 'over';
      this.say(this.t('session.is-out'));
    });
  }
}
