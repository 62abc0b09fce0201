import { html, nothing } from 'lit';
import { Refusal } from './client.js';
import { ExeuntElement } from './element.js';
import { restoredSentences } from './view/standing.js';

/*
 * <exeunt-banner>: says on any page of the application that a deletion is coming, and takes it back. Shows nothing without one.
 *
 * Attributes and properties as <exeunt-account>. Event: exeunt-taken-back.
 */
export class ExeuntBanner extends ExeuntElement {
  static properties = { banner: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    this.updateComplete.then(() => this.look());
  }

  updated(changed) {
    if (changed.has('token') && this.token) {
      this.look();
    }
  }

  render() {
    const { banner, words: w } = this;
    return html`${this.messages()} ${banner ? html`
      <div part="banner" class="mark" role="region" aria-label=${w.text('standing.heading')}>
        <p>${w.text(`banner.${banner.flow}`, { date: w.date(banner.dueAt) })}</p>
        <p class="buttons"><button part="button" type="button" id="back" @click=${() => this.takeBack()}>
          ${w.text(banner.flow === 'deactivate' ? 'back.reactivate' : 'back.take')}</button></p>
      </div>` : nothing}`;
  }

  /* A page of the application is no place for an error of ours: without an answer there is no banner. */
  async look() {
    try {
      if (!this.token) {
        this.calls.csrf = (await this.calls.get('session')).csrf;
      }
      this.banner = (await this.calls.get('')).banner;
    } catch (e) {
      if (!(e instanceof Refusal)) {
        throw e;
      }
      this.banner = null;
    }
  }

  takeBack() {
    return this.attempt(async () => {
      const { method, href } = this.banner.cancel;
      const { restored } = await this.calls.call(method, href);
      this.banner = null;
      this.say(restoredSentences(this.words, restored).join(' '));
      this.tell('exeunt-taken-back');
    });
  }
}
