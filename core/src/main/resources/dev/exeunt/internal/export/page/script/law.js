'use strict';

/* What the law says a person must be told of their data: what each section is for, what is withheld, what stays. */
{
  const { element } = exeunt;
  const MEMBERS = ['purpose', 'basis', 'categories', 'recipients', 'source'];
  /* The roles that a map gives where it names none: nothing that tells a person more. */
  const UNNAMED = new Set(['self', 'link']);

  const joined = (words, names) => new Intl.ListFormat(words.locale).format(names.map(name => words.named(name)));

  /* A period of the map, such as 10y */
  function period(words, text) {
    const found = /^(\d+)([hdmy])$/.exec(text);
    return found === null ? exeunt.escaped(text) : words.text(`span.${found[2]}`, { n: Number(found[1]) });
  }

  /* ' (your entries as follower)', or nothing */
  function roles(words, given = []) {
    const named = given.filter(role => !UNNAMED.has(role));
    return named.length === 0 ? '' : ' ' + words.text('law.as', { roles: joined(words, named) });
  }

  /* The text of a code; null where there is none. */
  const known = (words, kind, code) => words.has(`${kind}.${code}`) ? words.text(`${kind}.${code}`) : null;

  function kept(words, { reason, basis, period: time, thenDelete }) {
    const parts = [
      reason && words.text('law.reason', { reason: exeunt.escaped(reason) }),
      basis && words.text('law.kept-basis', { basis: known(words, 'basis', basis) || exeunt.escaped(basis) }),
      time && words.text('law.period', { period: period(words, time) }),
      thenDelete && words.text('law.then'),
    ];
    return parts.filter(Boolean).map(part => ' ' + part).join('');
  }

  function outcome(words, answer) {
    const said = known(words, 'outcome', answer.outcome) || words.text('outcome.other');
    const why = answer.outcome === 'keep' ? kept(words, answer) : '';
    return `${said}${roles(words, answer.roles)}.${why}`;
  }

  /* One thing that is not in the copy. */
  function withheld(words, part) {
    const key = words.has(`withheld.${part.kind}`) ? `withheld.${part.kind}` : 'withheld.other';
    const reason = words.choose(part.reason);
    const values = { columns: joined(words, part.columns || []), roles: joined(words, part.roles || []), n: part.rows || 0 };
    return words.text(key, values) + (reason === null ? '' : ' ' + words.text('law.reason', { reason }));
  }

  const list = (items, of) => element('ul', {}, items.map(item => element('li', {}, of(item))));

  /* Texts of the map under their names; one that the map does not say is said to be missing. */
  exeunt.lawTexts = (words, given, members) => members.map(member => {
    const said = words.choose(given[member]);
    const shown = said === null ? element('span', { class: 'none' }, words.text('law.unsaid')) : element('bdi', {}, said);
    return element('div', { class: 'member' }, element('dt', {}, words.text(`law.${member}`)), element('dd', {}, shown));
  });

  /* Below the title of a section; null where the bundle says nothing of it. */
  exeunt.sectionLaw = ({ words }, { law, heldByOthers }) => {
    const missing = law === null ? [] : law.withheld || [];
    const shared = missing.some(part => part.kind === 'held-by-others') ? 0 : heldByOthers;
    const parts = shared > 0 ? [...missing, { kind: 'held-by-others', rows: shared }] : missing;
    return [
      parts.length === 0 ? null : element('div', { class: 'mark' },
        element('p', {}, words.text('withheld.heading')), list(parts, part => withheld(words, part))),
      law === null ? null : element('details', { class: 'law' },
        element('summary', {}, words.text('law.section')),
        element('dl', {}, exeunt.lawTexts(words, law, MEMBERS),
          element('div', { class: 'member' }, element('dt', {}, words.text('law.retention')),
            element('dd', {}, (law.retention || []).map(answer => element('div', {}, outcome(words, answer))))))),
    ];
  };

  const ofSection = (page, name, said) =>
    page.words.text('law.of', { section: page.titleOf(name), said });

  /* What is not in the copy, of all sections; null where all is. */
  exeunt.withheldList = (page, law, sections) => {
    const { words } = page;
    const shared = sections.filter(each => each.heldByOthers > 0)
      .map(each => ({ section: each.name, kind: 'held-by-others', rows: each.heldByOthers }));
    const parts = law !== null && law.withheld ? law.withheld : shared;
    return parts.length === 0 ? null : element('section', { 'aria-labelledby': 'withheld' },
      element('h2', { id: 'withheld' }, words.text('withheld.title')),
      element('p', {}, words.text('withheld.lead')),
      list(parts, part => ofSection(page, part.section, withheld(words, part))));
  };

  /* What outlives an erasure of the account; null where nothing does, or the bundle does not say. */
  exeunt.keptList = (page, law) => {
    const { words } = page;
    const parts = law === null ? [] : law.kept || [];
    const said = part => part.kind === 'columns' ? words.text('kept.columns', { columns: joined(words, part.columns) })
      : words.text('kept.rows') + roles(words, part.roles) + '.' + kept(words, part);
    return parts.length === 0 ? null : element('section', { 'aria-labelledby': 'kept' },
      element('h2', { id: 'kept' }, words.text('kept.title')),
      list(parts, part => ofSection(page, part.section, said(part))));
  };

  exeunt.period = period;
}
