'use strict';

/* Orders values of a column: numbers by their exact size, times by their moment, the rest as the person's language does. */
{
  const { JsonNumber } = exeunt.json;
  const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
  const RANKS = { '-Infinity': -1, '-infinity': -1, Infinity: 1, infinity: 1, NaN: 2 };
  const EMPTY = { rank: 4, number: 0, exact: '' };

  /* Sign, place of the point and digits: what tells numbers apart that are one for JavaScript. */
  function decimal(text) {
    const [, sign, whole, fraction = '', exponent = '0'] = DECIMAL.exec(text);
    const digits = whole + fraction;
    const leading = /^0*/.exec(digits)[0].length;
    const significant = digits.slice(leading).replace(/0+$/, '');
    const point = significant === '' ? 0 : whole.length + Number(exponent) - leading;
    return { sign: significant === '' ? 0 : sign ? -1 : 1, point, digits: significant };
  }

  function compareDecimals(a, b) {
    if (a === b) {
      return 0;
    }
    const one = decimal(a);
    const other = decimal(b);
    return one.sign - other.sign
      || one.sign * (one.point - other.point || (one.digits < other.digits ? -1 : one.digits > other.digits ? 1 : 0));
  }

  const compareTexts = (a, b) => a < b ? -1 : a > b ? 1 : 0;

  const KINDS = {
    number: {
      key: value => value instanceof JsonNumber ? { rank: 0, number: Number(value.text), exact: value.text } : null,
      tie: compareDecimals,
    },
    time: {
      key: value => {
        const time = typeof value === 'string' ? exeunt.parseTime(value) : null;
        return time === null ? null : { rank: 0, number: time.seconds, exact: time.fraction.padEnd(9, '0') };
      },
      tie: compareTexts,
    },
    boolean: {
      key: value => typeof value === 'boolean' ? { rank: 0, number: Number(value), exact: '' } : null,
      tie: compareTexts,
    },
    text: { key: () => null, tie: compareTexts },
  };

  /* kind: of the column. Values that are none come last, in both directions. */
  class Order {
    constructor(kind, language) {
      this.kind = KINDS[exeunt.Dates.tells(kind) ? 'time' : kind] || KINDS.text;
      this.collator = new Intl.Collator(language);
    }

    key(value) {
      if (value === null || value === undefined) {
        return EMPTY;
      }
      const key = this.kind.key(value);
      if (key !== null) {
        return key;
      }
      const text = typeof value === 'string' ? value : exeunt.json.write(value);
      const named = this.kind !== KINDS.text && Object.hasOwn(RANKS, text);
      return { rank: named ? RANKS[text] : 3, number: 0, exact: text };
    }

    compare(a, b) {
      if (a.rank !== b.rank) {
        return a.rank - b.rank;
      }
      if (a.rank === 3) {
        return this.collator.compare(a.exact, b.exact) || compareTexts(a.exact, b.exact);
      }
      return a.number < b.number ? -1 : a.number > b.number ? 1 : this.kind.tie(a.exact, b.exact);
    }

    /* entries: [{ key, index }]; the indexes in order, equal ones as they stood */
    sort(entries, down) {
      const turn = down ? -1 : 1;
      const last = entry => entry.key === EMPTY;
      entries.sort((a, b) => last(a) || last(b) ? last(a) - last(b) || a.index - b.index
        : turn * this.compare(a.key, b.key) || a.index - b.index);
      return entries.map(entry => entry.index);
    }
  }

  exeunt.Order = Order;
}
