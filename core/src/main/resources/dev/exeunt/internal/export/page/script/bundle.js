'use strict';

/* What data/bundle.js tells: the sections of the copy, and the words of the law. */
{
  class Section {
    constructor(given) {
      this.name = given.name;
      this.title = given.title;
      this.means = given.means;
      this.rows = given.rows;
      this.columns = given.columns || [];
      this.fileLists = given.fileLists || 0;
      this.heldByOthers = given.heldByOthers || 0;
      this.law = given.law || null;
      this.starts = [0]; // the first row of each data file, and the end
      for (const rows of given.rowsPerFile || []) {
        this.starts.push(this.starts[this.starts.length - 1] + rows);
      }
    }

    /* The data file of a row, both counted from 0: the last one that begins at the row or before. */
    file(row) {
      let low = 0;
      let high = this.starts.length - 2;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        [low, high] = this.starts[middle] <= row ? [middle, high] : [low, middle - 1];
      }
      return low;
    }

    path(file) {
      return `data/${this.numbered(file)}`;
    }

    /* Of the list, counted from 0, that tells which value leads to which file. */
    listPath(list) {
      return `data/files/${this.numbered(list)}`;
    }

    numbered(number) {
      return `${this.name}-${String(number + 1).padStart(4, '0')}.js`;
    }
  }

  window.exeuntBundle = given => {
    const sections = given.sections.map(each => new Section(each));
    exeunt.bundle = { generated: given.generated, law: given.law || null, sections };
  };
}
