'use strict';

/* One section: what it means, its rows page by page, found, filtered and sorted. */
{
  const { element, Pager } = exeunt;

  class SectionView {
    /* page: words, values, loader, title(section), say(text) */
    constructor(page, section, sought = '') {
      this.page = page;
      this.section = section;
      this.rows = new exeunt.SectionRows(page.loader, section);
      this.sought = sought;
      this.number = 0; // of the page
      this.size = Pager.SIZE;
      this.turn = 0;
      this.busy = new exeunt.Busy(page.words);
      this.table = new exeunt.Table(page, section, {
        onsort: column => this.sortBy(column),
        onopen: position => this.detail.open(position),
      });
      this.pager = new Pager(page.words, { onpage: number => this.go(number), onsize: size => this.resize(size) });
      this.detail = new exeunt.Detail(page, section, this.rows, fault => this.fault(fault));
      this.finder = new exeunt.Finder(page.words, {
        label: page.words.text('find.label'),
        button: page.words.text('find.all', { n: section.rows }),
        onfilter: text => this.filter(text),
        onsearch: text => this.find(text),
      });
      this.finder.field.value = sought;
      this.build();
    }

    build() {
      const { page, section } = this;
      const { words } = page;
      this.found = element('p', { class: 'found', hidden: true });
      this.area = element('div', { class: 'rows', role: 'region', tabindex: 0, 'aria-label': words.text('table.region') });
      this.sorter = this.orders();
      const tools = section.rows === 0 ? [] : [
        this.finder.element, this.busy.element, this.found,
        element('label', { class: 'sorter' }, words.text('sort.label'), ' ', this.sorter),
        this.area, this.pager.element, this.notes()];
      const means = words.choose(section.means);
      this.element = element('div', { class: 'section' },
        element('p', { class: 'back' }, element('a', { href: '#' }, words.text('section.back'))),
        element('h1', { tabindex: -1 }, page.title(section)),
        means && element('p', { class: 'means' }, element('bdi', {}, means)),
        element('p', { class: 'count' }, words.text('section.rows', { n: section.rows })),
        exeunt.sectionLaw(page, section),
        tools,
        this.files(),
        this.detail.element);
    }

    /* The choice of an order, where the window is too narrow for the heads of a table. */
    orders() {
      const { words } = this.page;
      const option = (column, i, down) => {
        const said = words.text(down ? 'sort.down' : 'sort.up', { column: this.table.label(column) });
        return element('option', { value: `${i} ${down}` }, said);
      };
      return element('select', { onchange: () => this.sorterChanged() },
        element('option', { value: '' }, words.text('sort.none')),
        this.section.columns.map((column, i) => [option(column, i, false), option(column, i, true)]));
    }

    notes() {
      const { words, values } = this.page;
      const kinds = new Set(this.section.columns.map(column => column.kind));
      return element('div', { class: 'notes' },
        element('p', {}, words.text('note.none')),
        kinds.has('time') && element('p', {}, words.text('note.time', { zone: values.dates.zone })),
        kinds.has('local-time') && element('p', {}, words.text('note.local')));
    }

    files() {
      const { name } = this.section;
      const link = file => element('a', { href: file, target: '_blank', rel: 'noopener' }, element('bdi', {}, file));
      return element('p', { class: 'files' }, this.page.words.text('section.files'), ' ',
        link(`${name}.csv`), ' · ', link(`${name}.json`));
    }

    begin() {
      return this.section.rows === 0 ? null : this.sought === '' ? this.show() : this.find(this.sought);
    }

    async show() {
      const turn = ++this.turn;
      const from = this.number * this.size;
      const to = Math.min(from + this.size, this.rows.count);
      const entries = await this.tried(() => this.rows.entries(from, to));
      if (entries !== null && turn === this.turn) { // else the person has gone on meanwhile
        this.draw(entries, from, to);
      }
    }

    draw(entries, from, to) {
      const { words } = this.page;
      const kept = document.activeElement && document.activeElement.dataset.column;
      const said = words.text('table.caption', { from: from + 1, to, n: this.rows.count });
      this.area.replaceChildren(this.table.draw(entries, `${this.page.title(this.section)}: ${said}`, this.rows.sorting));
      this.pager.show(this.number, Math.max(1, Math.ceil(this.rows.count / this.size)), this.rows.count);
      if (kept !== undefined) {
        [...this.area.querySelectorAll('button.sort')].find(button => button.dataset.column === kept)?.focus();
      }
      if (!this.filter(this.finder.field.value)) {
        this.page.say(said);
      }
    }

    /* Returns whether there was something to filter by. */
    filter(text) {
      const sought = text.trim();
      const left = this.table.filter(sought);
      if (sought !== '') {
        this.page.say(this.page.words.text('find.page', { n: left, of: this.table.lines.length }));
      }
      return sought !== '';
    }

    go(number) {
      this.number = number;
      this.area.scrollTop = 0;
      return this.show();
    }

    resize(size) {
      this.number = Math.floor(this.number * this.size / size);
      this.size = size;
      return this.show();
    }

    async find(text) {
      const { words } = this.page;
      const hits = [];
      const search = work => this.rows.search(text, hits, work);
      const whole = text === '' || await this.tried(() => this.busy.run(words.text('busy.search'), search));
      if (whole === null) {
        return;
      }
      this.rows.keep(text === '' ? null : hits);
      this.sorter.value = '';
      const outcome = exeunt.outcomeOfSearch(whole, hits.length);
      const said = text === '' ? null : words.text(outcome, { n: hits.length, text: exeunt.escaped(text) });
      this.tell(said);
      await this.go(0);
      if (said !== null) {
        this.page.say(said);
      }
    }

    tell(said) {
      const all = () => {
        this.finder.field.value = '';
        this.find('');
        this.finder.field.focus();
      };
      this.found.hidden = said === null;
      const back = element('button', { type: 'button', onclick: all }, this.page.words.text('find.back'));
      this.found.replaceChildren(said || '', ' ', back);
    }

    sorterChanged() {
      const [column, down] = this.sorter.value.split(' ');
      return this.reorder(column === '' ? null : { column: this.section.columns[column], down: down === 'true' });
    }

    /* First up, then down, then as the rows lie in the files. */
    sortBy(column) {
      const before = this.rows.sorting !== null && this.rows.sorting.column === column ? this.rows.sorting : null;
      return this.reorder(before === null ? { column, down: false } : before.down ? null : { column, down: true });
    }

    async reorder(sorting) {
      const { words } = this.page;
      const sort = work => this.rows.sort(sorting, words.language, work);
      if (sorting !== null && !this.rows.sortable) {
        this.page.say(words.text('sort.long', { n: exeunt.SectionRows.SORTABLE }), true);
      } else if (await this.tried(() => this.busy.run(words.text('busy.sort'), sort))) {
        await this.go(0);
      }
      const sorted = this.rows.sorting;
      this.sorter.value = sorted === null ? '' : `${this.section.columns.indexOf(sorted.column)} ${sorted.down}`;
    }

    /* null where a data file cannot be read, which the page then says; or where busy work was overtaken */
    async tried(work) {
      try {
        return await work();
      } catch (fault) {
        this.fault(fault);
        return null;
      }
    }

    fault(fault) {
      if (!(fault instanceof exeunt.LoadError)) {
        throw fault;
      }
      this.area.replaceChildren(element('p', { class: 'fault', role: 'alert' },
        this.page.words.text(`fault.${fault.reason}`, { file: fault.path })));
      this.pager.element.hidden = true;
    }

    close() {
      this.turn++;
      this.busy.cancel();
    }
  }

  exeunt.SectionView = SectionView;
}
