import ar from './texts/ar.json';
import de from './texts/de.json';
import en from './texts/en.json';

/* The texts of the elements in the person's language, with plurals, dates, sizes and lengths of time as that language writes them. */

const LANGUAGES = { en, de, ar };
/* What columns are often called that hold what people are known by; letters only. */
const IDENTIFIERS = {
  email: /^(e?mail|e?mailaddress|(user|primary|contact)e?mail)$/,
  username: /^(username|login|loginname|handle|nick|nickname|screenname|accountname)$/,
  phone: /^(phone|phonenumber|mobile|mobilenumber|mobilephone|telephone|tel)$/,
};
const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/;

/* 'de-AT' of 'de_AT'; null of what is no language tag. */
function tag(text) {
  try {
    return Intl.getCanonicalLocales((text || '').replace('_', '-'))[0];
  } catch {
    return null;
  }
}

export class Texts {
  /* own: { en: { key: text } }, texts of the application that replace ours or add a language */
  constructor(language, own = {}, locale = language) {
    this.language = language;
    this.locale = locale; // with the region, which decides how dates look
    this.direction = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
    this.words = { ...en, ...LANGUAGES[language], ...own[language] };
    this.plurals = new Intl.PluralRules(language);
  }

  /* wanted: languages, the best first, such as ['de-AT', 'en'] */
  static in(wanted, own = {}) {
    const known = { ...LANGUAGES, ...own };
    const short = each => each.toLowerCase().split('-')[0];
    const languages = wanted.map(tag).filter(Boolean);
    const best = languages.find(each => Object.hasOwn(known, short(each))) || 'en';
    const region = languages.find(each => short(each) === short(best) && each.includes('-')) || best;
    return new Texts(short(best), own, region);
  }

  has(key) {
    return key in this.words;
  }

  /* What people call an identifier of the map. Where neither the application nor we have a word for it, the column's words apart. */
  identifier(column) {
    if (this.has(`identifier.${column}`)) {
      return this.text(`identifier.${column}`);
    }
    const letters = column.toLowerCase().replace(/[^a-z]/g, '');
    const usual = Object.keys(IDENTIFIERS).find(name => IDENTIFIERS[name].test(letters));
    return usual ? this.text(`identifier.${usual}`) : column.replace(/_/g, ' ');
  }

  /* values: what stands for {name} in the text; n chooses the plural */
  text(key, values = {}) {
    const word = this.words[key];
    if (word === undefined) {
      return key;
    }
    const form = typeof word === 'string' ? word : word[this.plurals.select(values.n)] || word.other;
    return form.replace(/\{(\w+)\}/g, (all, name) => name in values ? this.shown(values[name]) : all);
  }

  /* A value of the other direction does not turn the sentence around it. */
  shown(value) {
    const text = typeof value === 'number' ? this.number(value) : String(value);
    return this.direction === 'rtl' ? `\u2068${text}\u2069` : text;
  }

  number(value) {
    return new Intl.NumberFormat(this.locale).format(value);
  }

  /* With the time, in the person's time zone. */
  date(instant) {
    return new Intl.DateTimeFormat(this.locale, {
      year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short'
    }).format(new Date(instant));
  }

  day(instant) {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'long' }).format(new Date(instant));
  }

  /* span: a time span of the data map, such as 30d */
  span(span) {
    return this.text(`span.${span.slice(-1)}`, { n: parseInt(span, 10) });
  }

  size(bytes) {
    const [unit, of] = bytes < 1e6 ? ['kilobyte', 1e3] : bytes < 1e9 ? ['megabyte', 1e6] : ['gigabyte', 1e9];
    const many = Math.max(of === 1e3 ? 1 : 0, bytes / of);
    const format = { style: 'unit', unit, maximumFractionDigits: of === 1e3 ? 0 : 1 };
    return new Intl.NumberFormat(this.locale, format).format(many);
  }

  /* 'in 5 hours' */
  when(instant, now) {
    const minutes = Math.max(1, Math.ceil((new Date(instant) - now) / 60000));
    const relative = new Intl.RelativeTimeFormat(this.locale);
    return minutes < 60 ? relative.format(minutes, 'minute') : relative.format(Math.ceil(minutes / 60), 'hour');
  }
}
