'use strict';

/* The field to find something by, and the progress of what takes a while, with a button to stop it. */
{
  const { element } = exeunt;

  /* Shows the progress of one long piece of work at a time. */
  class Busy {
    constructor(words) {
      this.words = words;
      this.bar = element('progress', { max: 1 });
      this.label = element('span');
      this.stop = element('button', { type: 'button', onclick: () => this.work.abort() }, words.text('busy.stop'));
      this.element = element('div', { class: 'busy', hidden: true }, element('label', {}, this.label, this.bar), this.stop);
      this.work = null;
    }

    /*
     * work({ signal, progress }) is a promise. Returns true once it is done, false where the person stopped it, null where other work
     * overtook it.
     */
    async run(said, work) {
      this.cancel();
      const controller = new AbortController();
      this.work = controller;
      this.label.textContent = said;
      this.bar.value = 0;
      this.element.hidden = false;
      try {
        await work({ signal: controller.signal, progress: share => { this.bar.value = share; } });
        return true;
      } catch (fault) {
        if (!controller.signal.aborted) {
          throw fault;
        }
        return this.work === controller ? false : null;
      } finally {
        if (this.work === controller) {
          this.work = null;
          this.element.hidden = true;
        }
      }
    }

    cancel() {
      if (this.work !== null) {
        this.work.abort();
        this.work = null;
      }
    }
  }

  /* onfilter(text) is called with each letter, onsearch(text) when the person asks for all entries. */
  class Finder {
    constructor(words, { label, button, onfilter = () => {}, onsearch }) {
      this.field = element('input', {
        type: 'search', id: 'find', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'find-hint',
        oninput: () => onfilter(this.field.value),
      });
      const asked = event => {
        event.preventDefault();
        onsearch(this.field.value.trim());
      };
      this.element = element('form', { role: 'search', class: 'finder', onsubmit: asked },
        element('label', { for: 'find' }, label),
        element('div', { class: 'field' }, this.field, element('button', {}, button)),
        element('p', { class: 'hint', id: 'find-hint' }, words.text('find.hint')));
    }
  }

  /* The text that tells what a search came to. whole: false where the person stopped it. */
  exeunt.outcomeOfSearch = (whole, found) => !whole ? 'find.stopped' : found === 0 ? 'find.nothing' : 'find.found';
  exeunt.Busy = Busy;
  exeunt.Finder = Finder;
}
