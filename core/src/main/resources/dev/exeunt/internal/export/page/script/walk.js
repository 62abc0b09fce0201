'use strict';

/* Goes through the rows of a section, file after file, in steps between which the page answers the person. */
{
  const STEP = 1000; // rows
  const AHEAD = 3; // data files that load while one is gone through

  const pause = () => new Promise(done => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      done();
    };
    channel.port2.postMessage(null);
  });

  /*
   * rows: the rows' numbers in the section, rising; null for all. visit(block, rowOfBlock, row) is called for each.
   * progress(share) is called with a number from 0 to 1. Throws the reason of the signal once it is aborted.
   */
  exeunt.walk = async ({ loader, section, rows = null, signal, progress }, visit) => {
    const total = rows === null ? section.rows : rows.length;
    const row = at => rows === null ? at : rows[at];
    let at = 0;
    while (at < total) {
      const file = section.file(row(at));
      const loading = loader.block(section, file);
      if (rows === null) {
        loader.ahead(section, file + 1, file + 1 + AHEAD);
      }
      const block = await loading;
      const first = section.starts[file];
      const end = section.starts[file + 1];
      for (let left = STEP; at < total && row(at) < end; at++) {
        if (left-- === 0) {
          await pause();
          signal.throwIfAborted();
          progress(at / total);
          left = STEP;
        }
        visit(block, row(at) - first, row(at));
      }
      signal.throwIfAborted();
      progress(at / total);
    }
  };

  /* The test of a search: whether a text within a row holds what is sought. */
  exeunt.matcher = sought => {
    const needle = exeunt.fold(sought);
    return (block, row) => {
      const raw = block.raw(row);
      // what is not in the row's text is in no value, unless it is written with escapes
      if (!exeunt.fold(raw).includes(needle) && !raw.includes('\\')) {
        return false;
      }
      return block.row(row).values.some(value => {
        for (const leaf of exeunt.leaves(value)) {
          if (exeunt.fold(leaf).includes(needle)) {
            return true;
          }
        }
        return false;
      });
    };
  };

  /* The rows that hold what is sought, added to found as they come, so that a search that is stopped has some. */
  exeunt.search = (walk, sought, found) => {
    const matches = exeunt.matcher(sought);
    return exeunt.walk(walk, (block, blockRow, row) => {
      if (matches(block, blockRow)) {
        found.push(row);
      }
    });
  };

  /* The rows in the order of a column. */
  exeunt.sort = async (walk, column, down, language) => {
    const order = new exeunt.Order(column.kind, language);
    const entries = [];
    await exeunt.walk(walk, (block, blockRow, row) => {
      entries.push({ key: order.key(block.row(blockRow).get(column.name)), index: row });
    });
    return order.sort(entries, down);
  };
}
