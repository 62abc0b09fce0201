'use strict';

/* The rows of one page of a section: a table, which the style turns into cards on a narrow window. */
{
  const { element, quiet } = exeunt;
  const MANY = 8; // columns; more of them are printed as cards

  const align = column => column.kind === 'number' ? 'number' : null;

  class Table {
    /* onsort(column) and onopen(position) are called when the person asks for it */
    constructor(page, section, { onsort, onopen }) {
      this.page = page;
      this.section = section;
      this.onsort = onsort;
      this.onopen = onopen;
    }

    label(column) {
      return this.page.words.named(column.name);
    }

    /* entries: [{ row, position, values }]; sort: { column, down } or null. The rows stand in this.lines. */
    draw(entries, caption, sort) {
      const columns = this.section.columns;
      this.lines = entries.map(entry => this.line(entry));
      return element('table', { role: 'table', class: columns.length > MANY ? 'many' : null },
        element('caption', {}, caption),
        element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' },
          element('th', { role: 'columnheader', scope: 'col' }, this.page.words.text('table.entry')),
          columns.map(column => this.head(column, sort)))),
        element('tbody', { role: 'rowgroup' }, this.lines.map(line => line.element)));
    }

    head(column, sort) {
      const sorted = sort !== null && sort.column === column;
      const direction = !sorted ? null : sort.down ? 'descending' : 'ascending';
      const mark = sorted ? element('span', { 'aria-hidden': 'true', class: 'arrow' }, sort.down ? '▼' : '▲') : null;
      const onclick = () => this.onsort(column);
      return element('th', { role: 'columnheader', scope: 'col', 'aria-sort': direction, class: align(column) },
        element('button', { type: 'button', class: 'sort', 'data-column': column.name, onclick },
          element('bdi', {}, this.label(column)), mark));
    }

    line(entry) {
      const { words } = this.page;
      const open = element('button', { type: 'button', class: 'open', onclick: () => this.onopen(entry.position) },
        words.number(entry.row + 1), quiet(' ' + words.text('table.open')));
      const line = element('tr', { role: 'row', onclick: event => this.clicked(event, entry) },
        element('th', { role: 'rowheader', scope: 'row' }, open), this.cells(entry));
      return { element: line, entry };
    }

    cells({ values, bytes, files }) {
      const columns = this.section.columns;
      if (bytes !== null) {
        const { words } = this.page;
        const said = words.text('row.large', { size: words.size(bytes), file: `${this.section.name}.json` });
        return element('td', { role: 'cell', colspan: Math.max(1, columns.length) }, said);
      }
      return columns.map(column => element('td',
        { role: 'cell', 'data-label': this.label(column), class: align(column) },
        element('div', { class: 'cell' }, this.page.values.cell(values.get(column.name), column, files))));
    }

    /* A click anywhere on a line opens it, but not one that follows a link or marks text. */
    clicked(event, entry) {
      if (!event.target.closest('a, button') && String(window.getSelection()) === '') {
        this.onopen(entry.position);
      }
    }

    /* Hides the lines in which the text is not; returns how many are left. */
    filter(sought) {
      const needle = exeunt.fold(sought);
      let left = 0;
      for (const line of this.lines) {
        line.folded ??= this.folded(line);
        line.element.hidden = !line.folded.includes(needle);
        left += line.element.hidden ? 0 : 1;
      }
      return left;
    }

    /* What is shown, and what is stored: a date is found by both. */
    folded({ element: shown, entry }) {
      const cells = [...shown.querySelectorAll('td')].map(cell => cell.textContent);
      const stored = entry.values.values.flatMap(value => [...exeunt.leaves(value)]);
      return exeunt.fold([...cells, ...stored].join('\n'));
    }
  }

  exeunt.Table = Table;
}
