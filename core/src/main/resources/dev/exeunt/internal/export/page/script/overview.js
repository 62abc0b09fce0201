'use strict';

/* The first thing a person sees: what this is, what it holds, and what they should know. */
{
  const { element } = exeunt;

  class Overview {
    constructor(page, bundle) {
      this.page = page;
      this.bundle = bundle;
      this.busy = new exeunt.Busy(page.words);
      this.results = element('div', { class: 'results' });
      const filled = bundle.sections.filter(section => section.rows > 0);
      const { words } = page;
      this.finder = new exeunt.Finder(words, {
        label: words.text('overview.find'),
        button: words.text('overview.find-button'),
        onsearch: text => this.find(text, filled),
      });
      const date = page.dates.show('moment', bundle.generated) || exeunt.escaped(bundle.generated);
      this.element = element('div', { class: 'overview' },
        element('h1', { tabindex: -1 }, words.text('title')),
        element('p', { class: 'lead' }, words.text('overview.lead', { date })),
        this.asked(),
        element('p', {}, words.text('overview.offline')),
        element('p', { class: 'mark' }, words.text('overview.private')),
        filled.length === 0 ? null : [this.finder.element, this.busy.element, this.results],
        this.sections(filled),
        exeunt.withheldList(page, bundle.law, bundle.sections),
        exeunt.keptList(page, bundle.law),
        exeunt.rightsList(page, bundle.law),
        exeunt.controllerList(page, bundle.law),
        this.files());
    }

    /* Where the person asked for some sections only. */
    asked() {
      const names = this.bundle.law === null ? [] : this.bundle.law.asked || [];
      const { words } = this.page;
      const sections = new Intl.ListFormat(words.locale).format(names.map(name => this.page.titleOf(name)));
      return names.length === 0 ? null : element('p', { class: 'lead' }, words.text('overview.asked', { sections }));
    }

    sections(filled) {
      const { words } = this.page;
      const empty = this.bundle.sections.filter(section => section.rows === 0);
      return element('section', { 'aria-labelledby': 'sections' },
        element('h2', { id: 'sections' }, words.text('overview.sections')),
        filled.length === 0 ? element('p', {}, words.text('overview.nothing')) : null,
        element('ul', { class: 'cards' }, filled.map(section => this.card(section))),
        empty.length === 0 ? null : element('p', { class: 'empty' }, words.text('overview.empty'), ' ',
          empty.map((section, i) => [i === 0 ? '' : ' · ', this.link(section)])));
    }

    link(section, rest = '') {
      return element('a', { href: `#section/${section.name}${rest}` }, this.page.title(section));
    }

    card(section) {
      const { words } = this.page;
      const means = words.choose(section.means);
      return element('li', {},
        this.link(section),
        element('span', { class: 'count' }, words.text('section.rows', { n: section.rows })),
        means === null ? null : element('p', {}, element('bdi', {}, means)));
    }

    /* Goes through all sections, one after the other. */
    async find(text, sections) {
      const { words } = this.page;
      this.results.replaceChildren();
      if (text === '') {
        return;
      }
      const all = sections.reduce((sum, section) => sum + section.rows, 0);
      let entries = 0;
      let before = 0;
      try {
        const whole = await this.busy.run(words.text('busy.search'), async ({ signal, progress }) => {
          for (const section of sections) {
            const found = [];
            const part = share => progress((before + share * section.rows) / all);
            await exeunt.search({ loader: this.page.loader, section, signal, progress: part }, text, found);
            before += section.rows;
            entries += found.length;
            this.result(section, found.length, text);
          }
        });
        if (whole !== null) {
          this.say(words.text(exeunt.outcomeOfSearch(whole, entries), { n: entries, text: exeunt.escaped(text) }));
        }
      } catch (fault) {
        this.fault(fault);
      }
    }

    result(section, found, text) {
      if (found > 0) {
        const { words } = this.page;
        this.results.append(element('p', {},
          this.link(section, `/${encodeURIComponent(text)}`),
          ' ', element('span', { class: 'count' }, words.text('section.rows', { n: found }))));
      }
    }

    say(text) {
      this.results.prepend(element('p', { class: 'found' }, text));
      this.page.say(text);
    }

    fault(fault) {
      if (!(fault instanceof exeunt.LoadError)) {
        throw fault;
      }
      this.results.replaceChildren(element('p', { class: 'fault', role: 'alert' },
        this.page.words.text(`fault.${fault.reason}`, { file: fault.path })));
    }

    files() {
      const { words } = this.page;
      const file = name => element('a', { href: name, target: '_blank', rel: 'noopener' }, element('bdi', {}, name));
      return element('section', { 'aria-labelledby': 'files' },
        element('h2', { id: 'files' }, words.text('files.title')),
        element('ul', {},
          element('li', {}, words.text('files.csv')),
          element('li', {}, words.text('files.json')),
          element('li', {}, file('README.txt'), ' – ', words.text('files.readme')),
          element('li', {}, file('manifest.json'), ' – ', words.text('files.manifest'))));
    }

    begin() {}

    close() {
      this.busy.cancel();
    }
  }

  exeunt.Overview = Overview;
}
