'use strict';

/* The one name of this page's scripts, and how they build elements. No script writes markup: a value stays text. */

window.exeunt = { texts: {} };

{
  /*
   * Makes an element. attributes: a string or number is set, true sets an empty one, false and null set none, and a function
   * under onNAME listens to the event NAME. children: elements, texts, lists of these, or null.
   */
  exeunt.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === 'function') {
        made.addEventListener(key.slice(2), value);
      } else if (value !== false && value !== null && value !== undefined) {
        made.setAttribute(key, value === true ? '' : value);
      }
    }
    made.append(...children.flat(2).filter(child => child !== null && child !== undefined && child !== false));
    return made;
  };

  /* Text for screen readers alone. */
  exeunt.quiet = text => exeunt.element('span', { class: 'quiet' }, text);
}
