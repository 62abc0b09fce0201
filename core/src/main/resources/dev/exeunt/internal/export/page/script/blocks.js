'use strict';

/* Finds where rows begin and end in the text of a data file, without reading them: a row is parsed when it is looked at. */
{
  const QUOTE = 0x22;
  const BACKSLASH = 0x5c;

  /* The quote that ends the text that begins at that one. */
  function closing(text, quote) {
    for (let at = text.indexOf('"', quote + 1); at > 0; at = text.indexOf('"', at + 1)) {
      let before = at - 1;
      while (text.charCodeAt(before) === BACKSLASH) {
        before--;
      }
      if ((at - before) % 2 === 1) {
        return at;
      }
    }
    throw new SyntaxError('a text does not end');
  }

  /* Behind the end of the object or list that begins at that place. */
  exeunt.json.end = (text, start) => {
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      const c = text.charCodeAt(at);
      if (c === QUOTE) {
        at = closing(text, at);
      } else if (c === 0x7b || c === 0x5b) {
        depth++;
      } else if ((c === 0x7d || c === 0x5d) && --depth === 0) {
        return at + 1;
      }
    }
    throw new SyntaxError('an object or a list does not end');
  };

  class Block {
    /* text: rows as JSON objects, with a comma between them */
    constructor(text) {
      this.text = text;
      this.starts = [];
      this.ends = [];
      for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at)) {
        this.starts.push(at);
        at = exeunt.json.end(text, at);
        this.ends.push(at);
      }
    }

    get rows() {
      return this.starts.length;
    }

    /* row: counted from 0 in this block */
    raw(row) {
      return this.text.slice(this.starts[row], this.ends[row]);
    }

    row(row) {
      return exeunt.json.parse(this.raw(row));
    }
  }

  exeunt.Block = Block;
}
