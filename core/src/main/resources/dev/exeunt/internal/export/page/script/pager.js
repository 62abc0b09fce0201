'use strict';

/* Leads from page to page of a section. Its buttons stay where they are, so that the keyboard does not lose its place. */
{
  const { element } = exeunt;
  const SIZES = [50, 200, 1000];

  class Pager {
    /* onpage(number from 0) and onsize(rows) are called when the person asks for it */
    constructor(words, { onpage, onsize }) {
      this.words = words;
      this.onpage = onpage;
      this.page = 0;
      this.pages = 1;
      this.first = this.button('pager.first', () => 0);
      this.previous = this.button('pager.previous', () => this.page - 1);
      this.next = this.button('pager.next', () => this.page + 1);
      this.last = this.button('pager.last', () => this.pages - 1);
      this.number = element('input', { type: 'number', min: 1, inputmode: 'numeric', onchange: () => this.typed() });
      this.of = element('span');
      this.size = element('select', { onchange: () => onsize(Number(this.size.value)) },
        SIZES.map(size => element('option', { value: size }, words.number(size))));
      this.element = element('nav', { class: 'pager', 'aria-label': words.text('pager.label') },
        this.first, this.previous,
        element('label', {}, words.text('pager.page'), ' ', this.number, ' ', this.of),
        this.next, this.last,
        element('label', { class: 'size' }, words.text('pager.size'), ' ', this.size));
    }

    button(key, page) {
      const go = () => {
        if (made.getAttribute('aria-disabled') !== 'true') {
          this.onpage(page());
        }
      };
      const made = element('button', { type: 'button', onclick: go }, this.words.text(key));
      return made;
    }

    typed() {
      const wanted = Math.round(Number(this.number.value)) || 1;
      this.onpage(Math.min(this.pages, Math.max(1, wanted)) - 1);
    }

    show(page, pages, rows) {
      this.page = page;
      this.pages = pages;
      this.number.value = page + 1;
      this.number.max = pages;
      this.of.textContent = this.words.text('pager.of', { n: pages });
      for (const button of [this.first, this.previous]) {
        button.setAttribute('aria-disabled', String(page === 0));
      }
      for (const button of [this.next, this.last]) {
        button.setAttribute('aria-disabled', String(page >= pages - 1));
      }
      this.element.hidden = rows <= SIZES[0];
    }
  }

  Pager.SIZE = SIZES[0];
  exeunt.Pager = Pager;
}
