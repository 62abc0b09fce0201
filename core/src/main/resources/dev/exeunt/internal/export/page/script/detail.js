'use strict';

/* One entry with all that it holds, in a dialog: long texts, JSON line by line, pictures, times as they are stored. */
{
  const { element } = exeunt;

  class Detail {
    /* rows: SectionRows */
    constructor(page, section, rows, onfault) {
      this.page = page;
      this.section = section;
      this.rows = rows;
      this.onfault = onfault;
      const { words } = page;
      this.title = element('h2', { id: 'entry', tabindex: -1 });
      this.body = element('dl');
      const button = (key, onclick) => element('button', { type: 'button', onclick }, words.text(key));
      this.previous = button('detail.previous', () => this.step(-1));
      this.next = button('detail.next', () => this.step(1));
      this.element = element('dialog', { 'aria-labelledby': 'entry' },
        element('header', {}, this.title, button('detail.close', () => this.element.close())),
        this.body,
        element('footer', {}, this.previous, this.next));
    }

    async open(position) {
      try {
        this.fill(await this.rows.entry(position), position);
      } catch (fault) {
        this.element.close();
        this.onfault(fault);
        return;
      }
      if (!this.element.open) {
        this.element.showModal();
      }
      this.element.scrollTop = 0;
      this.title.focus();
    }

    step(by) {
      const position = this.position + by;
      if (position >= 0 && position < this.rows.count) {
        this.open(position);
      }
    }

    fill({ row, values, bytes, files }, position) {
      const { words } = this.page;
      this.position = position;
      this.title.textContent = words.text('detail.title', { n: row + 1, section: this.page.title(this.section) });
      this.body.replaceChildren(...(bytes === null
        ? this.columns(values).map(column => this.member(column, values.get(column.name), files))
        : [this.large(bytes)]));
      this.previous.setAttribute('aria-disabled', String(position === 0));
      this.next.setAttribute('aria-disabled', String(position >= this.rows.count - 1));
    }

    /* The columns, and what else the entry may hold. */
    columns(values) {
      const known = new Set(this.section.columns.map(column => column.name));
      const others = values.names.filter(name => !known.has(name)).map(name => ({ name, kind: 'other' }));
      return [...this.section.columns, ...others];
    }

    member(column, value, files) {
      return element('div', { class: 'member' },
        element('dt', {}, element('bdi', {}, this.page.words.named(column.name))),
        element('dd', {}, this.page.values.whole(value, column, files)));
    }

    large(bytes) {
      const { words } = this.page;
      return element('div', {}, element('dt', {}, words.text('table.entry')),
        element('dd', {}, words.text('row.large', { size: words.size(bytes), file: `${this.section.name}.json` })));
    }
  }

  exeunt.Detail = Detail;
}
