'use strict';

/* How a value is shown: short in a table, whole where a person looks at one row. Links are never made of values. */
{
  const { JsonNumber, JsonObject } = exeunt.json;
  const { element, quiet, visible } = exeunt;

  const SHORT = 200;
  const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
  const PATH = /^files\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
  /* What a browser shows or keeps without running anything of it. */
  const INERT = /\.(?:png|jpe?g|gif|webp|pdf|txt|csv|json|mp3|m4a|ogg|wav|mp4|webm|zip|bin)$/i;

  /* Cut without parting a character that takes two units. */
  const short = text => text.length <= SHORT ? text : text.slice(0, SHORT).replace(/[\ud800-\udbff]$/, '') + ' …';

  /* { path, type, bytes } of a value that lies as a file in the folder; null of any other */
  function fileOf(value) {
    if (!(value instanceof JsonObject)) {
      return null;
    }
    const path = value.get('exeunt:file');
    const bytes = value.get('bytes');
    return typeof path === 'string' && PATH.test(path)
      ? { path, type: String(value.get('type')), bytes: bytes instanceof JsonNumber ? Number(bytes.text) : null }
      : null;
  }

  class Values {
    constructor(words, dates) {
      this.words = words;
      this.dates = dates;
    }

    /* column: of the section; files: those that values of the section name, as the loader has them */
    cell(value, column, files) {
      return this.special(value, column.kind, false)
        || this.named(value, column, files, false)
        || visible(short(this.brief(value)));
    }

    /* A list of texts without its brackets and quotes. */
    brief(value) {
      const list = Array.isArray(value) && value.length > 0 && value.every(part => typeof part === 'string');
      return list ? value.join(', ') : this.text(value);
    }

    whole(value, column, files) {
      const special = this.special(value, column.kind, true) || this.named(value, column, files, true);
      if (special) {
        return special;
      }
      return typeof value === 'string'
        ? element('div', { class: 'long' }, visible(value))
        : element('pre', {}, visible(exeunt.json.write(value, '  ')));
    }

    text(value) {
      return typeof value === 'string' ? value : exeunt.json.write(value);
    }

    special(value, kind, whole) {
      if (value === null || value === undefined) {
        return this.none('–', 'value.none', whole);
      }
      if (value === '') {
        return this.none('“”', 'value.empty', whole);
      }
      if (value instanceof JsonNumber) {
        return element('bdi', { dir: 'ltr' }, value.text);
      }
      if (typeof value === 'boolean') {
        return element('span', {}, this.words.text(value ? 'value.yes' : 'value.no'));
      }
      return typeof value === 'string' ? this.specialText(value, kind, whole) : this.file(fileOf(value), whole);
    }

    specialText(text, kind, whole) {
      if (exeunt.Dates.tells(kind)) {
        return this.time(text, kind, whole);
      }
      return kind === 'binary' && text.startsWith('\\x') && !whole
        ? element('span', {}, this.words.text('value.binary', { size: this.words.size((text.length - 2) / 2) }))
        : null;
    }

    none(mark, key, whole) {
      const said = this.words.text(key);
      return whole
        ? element('span', { class: 'none' }, said)
        : element('span', { class: 'none' }, element('span', { 'aria-hidden': 'true' }, mark), quiet(said));
    }

    time(text, kind, whole) {
      const shown = this.dates.show(kind, text);
      if (shown === null) {
        return null;
      }
      const time = element('bdi', {}, shown);
      return whole
        ? element('div', {}, time, element('small', {}, this.words.text('value.stored', { text })))
        : time;
    }

    /* Of a column whose values name files: the files, or why one is not there. null where no value names one. */
    named(value, column, files, whole) {
      if (!column.namesFiles) {
        return null;
      }
      const known = files.get(column.name) || new Map();
      const values = [value].flat(Infinity).filter(each => typeof each === 'string');
      return values.some(each => known.has(each) || column.filesUnlisted)
        ? element('span', { class: 'files-named' }, values.map(each => this.namedFile(each, known.get(each), column, whole)))
        : null;
    }

    namedFile(value, found, column, whole) {
      const reason = found === undefined ? column.filesUnlisted && 'over-limit' : found.leftOut;
      if (found !== undefined && !reason && PATH.test(found.path)) {
        return this.file(found, whole, short(value));
      }
      const said = reason && element('small', {}, this.words.text(`named.${reason}`));
      return element('span', { class: 'file' }, visible(whole ? value : short(value)), said);
    }

    /* said: what stands for the file; the last part of its path where null */
    file(file, whole, said = null) {
      if (file === null) {
        return null;
      }
      const name = visible(said === null ? file.path.slice(file.path.lastIndexOf('/') + 1) : said);
      const size = file.bytes === null ? null : element('small', {}, this.words.size(file.bytes));
      const link = INERT.test(file.path)
        ? element('a', { href: file.path, target: '_blank', rel: 'noopener noreferrer' }, name)
        : element('span', {}, said === null ? visible(file.path) : [name, ' ', element('small', {}, visible(file.path))]);
      if (!PICTURES.has(file.type)) {
        return element('span', { class: 'file' }, link, size);
      }
      const alt = said === null ? this.words.text('value.picture') : exeunt.escaped(said);
      const look = whole ? { class: 'whole' } : { class: 'small', loading: 'lazy' };
      const picture = element('img', { src: file.path, alt, ...look });
      return whole ? element('span', { class: 'file' }, picture, link, size) : picture;
    }
  }

  exeunt.Values = Values;
}
