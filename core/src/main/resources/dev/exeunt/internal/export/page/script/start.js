'use strict';

/* Puts the page together: language, landmarks, and which part the address names (#, #section/NAME, #section/NAME/SOUGHT). */
{
  const { element, Words } = exeunt;
  const LANGUAGES = { en: 'English', de: 'Deutsch', ar: 'العربية' };

  class Page {
    constructor(bundle, root) {
      this.bundle = bundle;
      this.root = root;
      this.loader = new exeunt.Loader();
      this.wanted = navigator.languages;
      this.view = null;
    }

    title(section) {
      return exeunt.escaped(this.words.choose(section.title) || this.words.named(section.name));
    }

    titleOf(name) {
      const section = this.bundle.sections.find(each => each.name === name);
      return section ? this.title(section) : this.words.named(name);
    }

    /* Said to screen readers, and shown where loud. */
    say(text, loud = false) {
      this.status.textContent = text;
      this.status.className = loud ? 'status mark' : 'status quiet';
    }

    speak(words) {
      this.words = words;
      this.dates = new exeunt.Dates(words.locale);
      this.values = new exeunt.Values(words, this.dates);
      document.documentElement.lang = words.language;
      document.documentElement.dir = words.direction;
      this.frame();
      this.route();
    }

    frame() {
      const { words } = this;
      const skip = event => {
        event.preventDefault(); // the address names what is shown
        this.heading();
      };
      this.status = element('p', { role: 'status', class: 'status quiet' });
      this.main = element('main', { id: 'main' });
      this.list = element('ul', {});
      const option = ([tag, name]) => element('option', { value: tag, lang: tag, selected: tag === words.language }, name);
      this.language = element('select', { 'aria-label': words.text('language'), onchange: () => this.chosen() },
        Object.entries(LANGUAGES).map(option));
      this.root.replaceChildren(
        element('a', { href: '#main', class: 'skip', onclick: skip }, words.text('skip')),
        element('header', { class: 'top' }, element('a', { href: '#', class: 'home' }, words.text('title')), this.language),
        element('div', { class: 'columns' },
          element('nav', { class: 'side', 'aria-label': words.text('nav.sections') }, this.list), this.main),
        this.status);
    }

    chosen() {
      this.speak(Words.of(this.language.value, this.wanted));
      this.language.focus();
    }

    /* What the address asks for; the overview where it asks for nothing that is there. */
    asked() {
      const [, name, sought = ''] = /^#section\/([A-Za-z0-9_-]+)(?:\/(.*))?$/.exec(location.hash) || [];
      const section = this.bundle.sections.find(each => each.name === name) || null;
      return { section, sought: decoded(sought) };
    }

    route() {
      const { section, sought } = this.asked();
      if (this.view !== null) {
        this.view.close();
      }
      this.say('');
      this.view = section === null ? new exeunt.Overview(this, this.bundle) : new exeunt.SectionView(this, section, sought);
      const title = this.words.text('title');
      document.title = section === null ? title : `${this.title(section)} – ${title}`;
      this.main.replaceChildren(this.view.element);
      this.list.replaceChildren(...this.links(section));
      return this.view.begin();
    }

    links(shown) {
      const link = (href, text, current, count) => element('li', {},
        element('a', { href, 'aria-current': current ? 'page' : null }, text, count));
      const filled = this.bundle.sections.filter(section => section.rows > 0 || section === shown);
      return [link('#', this.words.text('nav.overview'), shown === null, null),
        ...filled.map(section => link(`#section/${section.name}`, this.title(section), section === shown,
          element('span', { class: 'count' }, this.words.number(section.rows))))];
    }

    heading() {
      this.main.querySelector('h1').focus();
      window.scrollTo(0, 0);
    }
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (fault) {
      if (fault instanceof URIError) {
        return ''; // typed into the address by hand
      }
      throw fault;
    }
  }

  if (exeunt.bundle) { // else the page says that the archive has to be extracted
    const root = document.getElementById('page');
    const page = new Page(exeunt.bundle, root);
    page.speak(Words.in(navigator.languages));
    document.getElementById('extract').remove();
    root.hidden = false;
    window.addEventListener('hashchange', () => {
      page.route();
      page.heading();
    });
  }
}
