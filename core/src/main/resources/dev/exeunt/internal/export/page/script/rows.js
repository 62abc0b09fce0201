'use strict';

/* The rows of a section as they are looked at: all, or those that were found; as they lie in the files, or sorted. */
{
  const SORTABLE = 200000; // rows, whose order is held in memory
  const TOO_LARGE = 'exeunt:tooLarge';

  class SectionRows {
    constructor(loader, section) {
      this.loader = loader;
      this.section = section;
      this.hits = null; // rows that were found, rising; null: all
      this.order = null; // rows as they are shown; null: all, as they lie in the files
      this.sorting = null; // { column, down }
    }

    get count() {
      return this.order === null ? this.section.rows : this.order.length;
    }

    get sortable() {
      return this.count <= SORTABLE;
    }

    /*
     * The entry at a place of the order: { row, position, values, bytes, files }. bytes: null, or the size of an entry that is
     * too large for a data file. files: as the loader has them. Throws a LoadError.
     */
    async entry(position) {
      const row = this.order === null ? position : this.order[position];
      const file = this.section.file(row);
      const block = await this.loader.block(this.section, file);
      const values = this.values(block, row, file);
      const large = values.names.length === 1 && values.names[0] === TOO_LARGE;
      const files = await this.loader.files(this.section);
      return { row, position, values, bytes: large ? Number(values.values[0].text) : null, files };
    }

    values(block, row, file) {
      try {
        return block.row(row - this.section.starts[file]);
      } catch (fault) {
        throw fault instanceof SyntaxError ? new exeunt.LoadError('damaged', this.section.path(file)) : fault;
      }
    }

    async entries(from, to) {
      const entries = [];
      for (let position = from; position < to; position++) {
        entries.push(await this.entry(position));
      }
      return entries;
    }

    /* The rows that hold the text are added to found as they come. work: { signal, progress } */
    search(text, found, work) {
      return exeunt.search({ loader: this.loader, section: this.section, rows: null, ...work }, text, found);
    }

    /* hits: null for all rows */
    keep(hits) {
      this.hits = hits;
      this.order = hits;
      this.sorting = null;
    }

    /* sorting: null for the order of the files */
    async sort(sorting, language, work) {
      const walk = { loader: this.loader, section: this.section, rows: this.hits, ...work };
      this.order = sorting === null ? this.hits : await exeunt.sort(walk, sorting.column, sorting.down, language);
      this.sorting = sorting;
    }
  }

  SectionRows.SORTABLE = SORTABLE;
  exeunt.SectionRows = SectionRows;
}
