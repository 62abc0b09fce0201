'use strict';

/* Texts of the person's data, safe to look at, and folded for the search. */
{
  /* Line breaks and tabs, and the joiners that scripts and emoji need, stay as they are. */
  const HIDDEN = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
  const ASCII = /^[\x00-\x7f]*$/;
  const MARKS = /\p{Mn}/gu;

  const unit = each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const escape = character => character.split('').map(unit).join('');
  const breaks = text => text.replace(/\r\n/g, '\n');

  /* The text, with each character that hides or turns others written as its escape. */
  exeunt.escaped = text => breaks(String(text)).replace(HIDDEN, escape);

  /* The text as an element that turns nothing around it. Characters that hide or turn others stand in it as escapes. */
  exeunt.visible = text => {
    const whole = exeunt.element('bdi');
    let from = 0;
    const shown = breaks(text);
    for (const found of shown.matchAll(HIDDEN)) {
      whole.append(shown.slice(from, found.index), exeunt.element('span', { class: 'hidden-character' }, escape(found[0])));
      from = found.index + found[0].length;
    }
    whole.append(shown.slice(from));
    return whole;
  };

  /* So that the search finds é for e, and capital for small letters, whatever the language. */
  exeunt.fold = text => ASCII.test(text)
    ? text.toLowerCase()
    : text.normalize('NFD').replace(MARKS, '').toLowerCase().replace(/ς/g, 'σ');

  /* The texts within a value: of an object its names, too. */
  exeunt.leaves = function* leaves(value) {
    if (typeof value === 'string') {
      yield value;
    } else if (value instanceof exeunt.json.JsonObject) {
      for (let i = 0; i < value.names.length; i++) {
        yield value.names[i];
        yield* leaves(value.values[i]);
      }
    } else if (Array.isArray(value)) {
      for (const each of value) {
        yield* leaves(each);
      }
    } else if (value !== null) {
      yield typeof value === 'boolean' ? String(value) : value.text;
    }
  };
}
