'use strict';

/* The texts of the page in the person's language, with plurals, numbers and sizes as that language writes them. */
{
  const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);
  const short = tag => tag.toLowerCase().split('-')[0];

  class Words {
    /* locale: with the region, which decides how dates look */
    constructor(language, locale = language) {
      this.language = language;
      this.locale = locale;
      this.direction = RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
      this.words = exeunt.texts[language];
      this.plurals = new Intl.PluralRules(language);
      this.integers = new Intl.NumberFormat(locale);
    }

    /* wanted: languages, the best first, such as ['de-AT', 'en'] */
    static in(wanted) {
      const best = wanted.find(tag => Object.hasOwn(exeunt.texts, short(tag))) || 'en';
      return Words.of(short(best), wanted);
    }

    /* That language, as the region writes it that the person's browser names with it. */
    static of(language, wanted) {
      return new Words(language, wanted.find(tag => short(tag) === language && tag.includes('-')) || language);
    }

    has(key) {
      return Object.hasOwn(this.words, key);
    }

    /* values: what stands for {name} in the text, with nothing hidden in it (exeunt.escaped); n chooses the plural */
    text(key, values = {}) {
      const word = this.words[key];
      const form = typeof word === 'string' ? word : word[this.plurals.select(values.n)] || word.other;
      return form.replace(/\{(\w+)\}/g, (all, name) => name in values ? this.shown(values[name]) : all);
    }

    /* A value of the other direction does not turn the sentence around it. */
    shown(value) {
      const text = typeof value === 'number' ? this.number(value) : value;
      return this.direction === 'rtl' ? `\u2068${text}\u2069` : text;
    }

    number(value) {
      return this.integers.format(value);
    }

    size(bytes) {
      if (bytes < 1000) {
        return new Intl.NumberFormat(this.locale, { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(bytes);
      }
      const [unit, of] = bytes < 1e6 ? ['kilobyte', 1e3] : bytes < 1e9 ? ['megabyte', 1e6] : ['gigabyte', 1e9];
      const format = { style: 'unit', unit, maximumFractionDigits: of === 1e3 ? 0 : 1 };
      return new Intl.NumberFormat(this.locale, format).format(bytes / of);
    }

    /* texts: { language: text }, a text without a language under ''; null where there is none */
    choose(texts) {
      if (!texts) {
        return null;
      }
      const known = [this.locale, this.language, '', 'en', ...Object.keys(texts)].find(tag => Object.hasOwn(texts, tag));
      return known === undefined ? null : exeunt.escaped(texts[known]);
    }

    /* A name of the database, read as words. */
    named(name) {
      const words = exeunt.escaped(name).replace(/_+/g, ' ').trim();
      return words === '' ? exeunt.escaped(name) : words.charAt(0).toUpperCase() + words.slice(1);
    }
  }

  exeunt.Words = Words;
}
