'use strict';

/* The rights that a person has, and who answers for the data. */
{
  const { element } = exeunt;
  const CONTROLLER = ['name', 'address', 'contact', 'officer', 'representative', 'authority'];
  const OPTIONAL = new Set(['address', 'officer', 'representative']);

  /* How long a person may change their mind after each request on offer. */
  function grace(words, given) {
    const flows = Object.entries(given || {}).filter(([flow]) => words.has(`flow.${flow}`));
    const said = ([flow, span]) => span === 'none'
      ? words.text('grace.none', { flow: words.text(`flow.${flow}`) })
      : words.text('grace.span', { flow: words.text(`flow.${flow}`), span: exeunt.period(words, span) });
    return flows.length === 0 ? null : [
      element('p', {}, words.text('grace.lead')),
      element('ul', {}, flows.map(flow => element('li', {}, said(flow))))];
  }

  /* null where the bundle does not say. */
  exeunt.rightsList = ({ words }, law) => {
    const known = law === null ? [] : (law.rights || []).filter(right => words.has(`right.${right}`));
    return known.length === 0 ? null : element('section', { 'aria-labelledby': 'rights' },
      element('h2', { id: 'rights' }, words.text('rights.title')),
      element('ul', {}, known.map(right => element('li', {}, words.text(`right.${right}`)))),
      grace(words, law.grace));
  };

  exeunt.controllerList = ({ words }, law) => {
    if (law === null) {
      return null;
    }
    if (!law.controller && !law.transfers && !law.automatedDecisions) {
      return element('section', { 'aria-labelledby': 'controller' },
        element('h2', { id: 'controller' }, words.text('controller.title')),
        element('p', {}, words.text('controller.unsaid')));
    }
    const controller = law.controller || {};
    const members = CONTROLLER.filter(member => !OPTIONAL.has(member) || member in controller);
    return element('section', { 'aria-labelledby': 'controller' },
      element('h2', { id: 'controller' }, words.text('controller.title')),
      element('dl', {}, exeunt.lawTexts(words, controller, members),
        exeunt.lawTexts(words, law, ['transfers', 'automatedDecisions'])));
  };
}
