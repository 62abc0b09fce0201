import { html } from 'lit';
import { Refusal, wish } from './client.js';
import { ExeuntElement } from './element.js';
import { submit } from './leaving.js';
import { heaviest, isOpen } from './requests.js';
import { again, copy, isMaking } from './view/copy.js';
import { history } from './view/history.js';
import { leave } from './view/leave.js';
import { restoredSentences, standing } from './view/standing.js';

/*
 * <exeunt-account>: where a person stands, a copy of their data, leaving and taking it back.
 *
 * Attributes: base, the address of the calls; lang. Properties: token, texts (see ExeuntElement); begun, the answer of the call that has
 * just opened a session, which spares the first calls.
 * Events: exeunt-expired (the session or token has run out), exeunt-left (detail: the request), exeunt-opened and exeunt-closed (the
 * confirmation), exeunt-signed-in.
 */
export class ExeuntAccount extends ExeuntElement {
  static properties = {
    begun: { attribute: false },
    account: { state: true },
    copies: { state: true },
    chosen: { state: true },
    unsure: { state: true },
    trouble: { state: true },
    over: { state: true }
  };

  constructor() {
    super();
    this.begun = null;
    this.account = null;
    this.copies = null;
    this.chosen = null;
    this.copyWish = null;
    this.leftOut = new Set();
    this.trouble = '';
    this.visible = () => this.seen();
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.visible);
    this.updateComplete.then(() => this.start());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.visible);
    clearTimeout(this.polling);
  }

  /* The application hands over a new token after the old one has run out, or later than it shows the element. */
  updated(changed) {
    if (changed.has('token') && this.over) {
      this.start();
    }
  }

  render() {
    const { account, copies, words } = this;
    if (this.over || !account || !copies) {
      return html`${this.messages()}${this.over || this.message ? '' : html`<p role="status">${words.text('loading')}</p>`}`;
    }
    const open = this.open();
    const flows = account.flows.filter(offer => !open.some(request => request.flow === offer.flow));
    return html`${this.messages()} ${standing(this)} ${copy(this)} ${leave(this, flows)} ${history(this)}`;
  }

  open() {
    return this.account.requests.filter(isOpen);
  }

  /* The open request that weighs most. */
  first() {
    return heaviest(this.open());
  }

  async start() {
    const { token } = this;
    await this.attempt(async () => {
      this.over = false;
      await this.begin();
      this.tell('exeunt-signed-in');
    });
    if (this.over && this.token !== token) {
      await this.start();
    }
  }

  async begin() {
    const { begun } = this;
    this.begun = null;
    if (begun?.account) {
      this.calls.csrf = begun.csrf;
      this.showCopies(begun.export);
      this.account = begun.account;
    } else {
      await Promise.all([this.session(), this.refresh()]); // at once, since each costs a way to the server
    }
  }

  async session() {
    if (!this.token) {
      this.calls.csrf = (await this.calls.get('session')).csrf;
    }
  }

  refuse(e) {
    if (e instanceof Refusal && e.kind === 'unauthenticated') {
      this.end(this.t('session.over'));
      this.tell('exeunt-expired');
      return;
    }
    super.refuse(e);
    if (e.kind === 'lost') {
      this.unsure = true;
      this.message = { ...this.message, again: true };
    } else if (!this.account) {
      this.message = { ...this.message, again: true };
    } else if (e.kind === 'nothing-open' || e.kind === 'too-late') {
      this.refresh().catch(failed => super.refuse(failed));
    }
  }

  lookAgain() {
    return this.account ? this.attempt(() => this.refresh()) : this.start();
  }

  /* Shows nothing but a last word. */
  end(text, link = null) {
    clearTimeout(this.polling);
    this.over = true;
    this.chosen = null;
    this.say(text, { link });
  }

  async refresh() {
    [this.account] = await Promise.all([this.calls.get(''), this.copiesNow()]);
    this.unsure = false;
    if (this.open().some(request => request.flow === this.chosen?.flow.flow)) {
      this.close(); // it was asked for elsewhere, or arrived after all
    }
  }

  /* Another tab, or another device, may have changed something meanwhile. */
  seen() {
    if (document.visibilityState === 'visible' && this.account && !this.chosen && !this.busy && !this.over) {
      this.refresh().catch(e => this.quietly(e));
    }
  }

  async copiesNow() {
    clearTimeout(this.polling);
    this.showCopies(await this.calls.get('export'));
  }

  showCopies(copies) {
    this.copies = copies;
    this.trouble = '';
    if (this.copies.latest && isMaking(this.copies.latest)) {
      this.polling = setTimeout(() => this.copiesNow().catch(e => this.quietly(e)), 1000);
    }
  }

  /* What runs by itself moves no focus and clears no message. */
  quietly(e) {
    if (!(e instanceof Refusal) || e.kind === 'unauthenticated') {
      this.refuse(e);
      return;
    }
    this.trouble = this.reasonOf(e);
    clearTimeout(this.polling);
    this.polling = setTimeout(() => this.copiesNow().catch(failed => this.quietly(failed)), 5000);
  }

  /* Another choice is another wish. */
  choose(section, wanted) {
    this.leftOut[wanted ? 'delete' : 'add'](section);
    this.copyWish = null;
  }

  /* The sections to ask for; null for all of them. */
  sectionsToAsk() {
    const names = (this.copies.sections || []).map(section => section.name);
    const wanted = names.filter(name => !this.leftOut.has(name));
    return wanted.length === names.length ? null : wanted;
  }

  askForCopy() {
    return this.attempt(async () => {
      const sections = this.sectionsToAsk();
      if (sections?.length === 0) {
        this.say(this.t('copy.none'), { refused: true });
        return;
      }
      if (this.copies.again) {
        this.say(again(this), { refused: true });
        return;
      }
      this.copyWish ||= wish();
      try {
        await this.calls.call('POST', 'export', { body: sections ? { sections } : {}, key: this.copyWish });
      } catch (e) {
        this.copyWish = e.kind === 'lost' ? this.copyWish : null;
        throw e;
      }
      this.copyWish = null;
      await this.copiesNow();
    });
  }

  /* Asks for the link that needs no sign-in, and follows it: a browser sends no token along. */
  fetchCopy(event, job) {
    event.preventDefault();
    return this.attempt(async () => {
      const { link } = await this.calls.call('GET', job.download);
      location.assign(this.calls.to(link));
    });
  }

  takeBack() {
    return this.attempt(async () => {
      const { method, href } = this.account.banner.cancel;
      const { restored } = await this.calls.call(method, href);
      this.close();
      await this.refresh();
      this.say(restoredSentences(this.words, restored).join(' '));
    });
  }

  show(flow) {
    return this.attempt(async () => {
      const preview = await this.calls.get(`preview?flow=${flow.flow}`);
      this.chosen = { flow, preview, key: wish(), ticked: new Set(), typed: '', reason: '' };
      this.tell('exeunt-opened');
      await this.updateComplete;
      this.come('chosen');
    });
  }

  close() {
    if (this.chosen) {
      this.chosen = null;
      this.tell('exeunt-closed');
    }
  }

  /* Leaves everything as it is. */
  async stay() {
    const way = this.chosen && `flow-${this.chosen.flow.flow}`;
    this.close();
    await this.updateComplete;
    this.come(way);
  }

  confirm(event) {
    event.preventDefault();
    return this.attempt(() => submit(this));
  }
}
