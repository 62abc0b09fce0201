'use strict';

/*
 * A JSON reader that keeps what JSON.parse loses: a number stays its text (19.90, 9007199254740993), an object keeps each
 * of its names in order, also one that is there twice or is called __proto__.
 *
 * A text becomes a string, a list an array, true, false and null themselves, a number a JsonNumber, an object a JsonObject.
 */
{
  /* Deeper than people read, and less deep than a browser's stack. What lies deeper stays text. */
  const DEEPEST = 200;

  const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
  const PLAIN = /[^"\\\u0000-\u001f]*/y;
  const SPACE = /[ \t\n\r]*/y;
  const HEX = /[0-9a-fA-F]{4}/y;
  const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
  const LITERALS = { __proto__: null, t: ['true', true], f: ['false', false], n: ['null', null] };

  class JsonNumber {
    constructor(text) {
      this.text = text;
    }
  }

  class JsonObject {
    constructor() {
      this.names = [];
      this.values = [];
    }

    /* undefined where there is no such name; the last where there are several, as in JSON.parse */
    get(name) {
      const at = this.names.lastIndexOf(name);
      return at < 0 ? undefined : this.values[at];
    }
  }

  /* Too deep to be shown in steps: the text as it stands. */
  class JsonDeep {
    constructor(text) {
      this.text = text;
    }
  }

  class JsonReader {
    constructor(text) {
      this.text = text;
      this.at = 0;
    }

    whole() {
      const value = this.value(0);
      this.space();
      if (this.at !== this.text.length) {
        throw this.fault();
      }
      return value;
    }

    value(depth) {
      this.space();
      const first = this.text[this.at];
      if (first === '"') {
        return this.string();
      }
      if (first === '{' || first === '[') {
        return depth >= DEEPEST ? this.deep() : first === '{' ? this.object(depth + 1) : this.list(depth + 1);
      }
      return first in LITERALS ? this.literal(...LITERALS[first]) : new JsonNumber(this.match(NUMBER));
    }

    literal(word, value) {
      if (!this.text.startsWith(word, this.at)) {
        throw this.fault();
      }
      this.at += word.length;
      return value;
    }

    object(depth) {
      const object = new JsonObject();
      this.members('}', () => {
        this.space();
        object.names.push(this.string());
        this.space();
        this.expect(':');
        object.values.push(this.value(depth));
      });
      return object;
    }

    list(depth) {
      const list = [];
      this.members(']', () => list.push(this.value(depth)));
      return list;
    }

    members(end, read) {
      this.at++;
      this.space();
      if (this.text[this.at] === end) {
        this.at++;
        return;
      }
      do {
        read();
        this.space();
      } while (this.text[this.at] === ',' && this.at++ >= 0);
      this.expect(end);
    }

    string() {
      this.expect('"');
      let text = this.match(PLAIN);
      while (this.text[this.at] === '\\') {
        text += this.escape() + this.match(PLAIN);
      }
      this.expect('"');
      return text;
    }

    escape() {
      const letter = this.text[this.at + 1];
      this.at += 2;
      if (letter === 'u') {
        return String.fromCharCode(parseInt(this.match(HEX), 16));
      }
      if (letter === undefined || !Object.hasOwn(ESCAPES, letter)) {
        throw this.fault();
      }
      return ESCAPES[letter];
    }

    deep() {
      const end = exeunt.json.end(this.text, this.at);
      const text = this.text.slice(this.at, end);
      this.at = end;
      return new JsonDeep(text);
    }

    space() {
      if (this.text.charCodeAt(this.at) <= 0x20) {
        this.match(SPACE);
      }
    }

    expect(character) {
      if (this.text[this.at] !== character) {
        throw this.fault();
      }
      this.at++;
    }

    match(pattern) {
      const from = this.at;
      pattern.lastIndex = from;
      if (!pattern.test(this.text)) {
        throw this.fault();
      }
      this.at = pattern.lastIndex;
      return this.text.slice(from, this.at);
    }

    /* Tells where, never what: a fault may be logged. */
    fault() {
      return new SyntaxError(`no JSON at character ${this.at}`);
    }
  }

  /* The value on several lines, each step further in; on one line where step is ''. Numbers stand as they came. */
  function write(value, step = '', indent = '') {
    if (value instanceof JsonNumber || value instanceof JsonDeep) {
      return value.text;
    }
    const list = Array.isArray(value);
    if (!list && !(value instanceof JsonObject)) {
      return JSON.stringify(value);
    }
    const [open, close] = list ? '[]' : '{}';
    const inner = indent + step;
    const parts = list
      ? value.map(each => write(each, step, inner))
      : value.names.map((name, i) => `${JSON.stringify(name)}: ${write(value.values[i], step, inner)}`);
    if (parts.length === 0) {
      return open + close;
    }
    return step === ''
      ? open + parts.join(', ') + close
      : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  }

  exeunt.json = { JsonNumber, JsonObject, JsonDeep, parse: text => new JsonReader(text).whole(), write };
}
