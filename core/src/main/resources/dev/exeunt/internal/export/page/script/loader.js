'use strict';

/* Fetches data files by script elements, since a page in a folder may not read files in another way, and keeps the last few. */
{
  const KEPT = 10; // of at most 2 MB each
  const PATH = /^data\/(?:files\/)?[A-Za-z0-9_-]+-\d{4,}\.js$/;

  const asked = path => {
    if (!PATH.test(path)) {
      throw new TypeError('no data file');
    }
    return path;
  };
  /* The page's policy lets no other address become a script's. */
  const policy = window.trustedTypes && window.trustedTypes.createPolicy('exeunt', { createScriptURL: asked });
  const address = path => policy ? policy.createScriptURL(path) : asked(path);

  /* A data file that is not there, or not whole. */
  class LoadError extends Error {
    constructor(reason, path) {
      super(`${path} is ${reason}`);
      this.reason = reason; // missing or damaged
      this.path = path;
    }
  }

  class Loader {
    constructor() {
      this.kept = new Map(); // path: a promise of its block; the last used at the end
      this.named = new Map(); // section: a promise of what its values lead to
      this.arrived = new Map();
      window.exeuntRows = (name, number, rows) => this.arrived.set(`rows ${name} ${number}`, rows);
      window.exeuntFiles = (name, number, list) => this.arrived.set(`files ${name} ${number}`, list);
    }

    /* file: counted from 0 */
    block(section, file) {
      const path = section.path(file);
      const block = this.kept.get(path) || this.load(section, file, path);
      this.kept.delete(path);
      this.kept.set(path, block);
      if (this.kept.size > KEPT) {
        this.kept.delete(this.kept.keys().next().value);
      }
      block.catch(() => { // callers that wait get the error, and later calls try again
        if (this.kept.get(path) === block) {
          this.kept.delete(path);
        }
      });
      return block;
    }

    /* Begins to load the files from one to before another, as far as they are there. A later call for the file gets a failure. */
    ahead(section, from, to) {
      for (let file = from; file < Math.min(to, section.starts.length - 1); file++) {
        this.block(section, file);
      }
    }

    async load(section, file, path) {
      const text = await this.handed(path, `rows ${section.name} ${file + 1}`);
      if (typeof text !== 'string') {
        throw new LoadError('damaged', path);
      }
      return this.read(text, section.starts[file + 1] - section.starts[file], path);
    }

    /* What the script of that path hands over under the key; undefined where it hands over something else. */
    async handed(path, key) {
      await this.run(path);
      const given = this.arrived.get(key);
      this.arrived.delete(key);
      return given;
    }

    /* The files that values of the section name: a Map of columns, each a Map of values. Read once. */
    files(section) {
      const files = this.named.get(section) || this.list(section);
      this.named.set(section, files);
      files.catch(() => this.named.delete(section)); // later calls try again
      return files;
    }

    async list(section) {
      const columns = new Map();
      for (let list = 0; list < section.fileLists; list++) {
        const path = section.listPath(list);
        const given = await this.handed(path, `files ${section.name} ${list + 1}`);
        if (!Array.isArray(given)) {
          throw new LoadError('damaged', path);
        }
        for (const file of given) {
          if (!columns.has(file.column)) {
            columns.set(file.column, new Map());
          }
          columns.get(file.column).set(file.value, file);
        }
      }
      return columns;
    }

    read(text, rows, path) {
      let block;
      try {
        block = new exeunt.Block(text);
      } catch (fault) {
        throw fault instanceof SyntaxError ? new LoadError('damaged', path) : fault;
      }
      if (block.rows !== rows) {
        throw new LoadError('damaged', path);
      }
      return block;
    }

    run(path) {
      return new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = address(path);
        script.onload = () => {
          script.remove();
          done();
        };
        script.onerror = () => {
          script.remove();
          failed(new LoadError('missing', path));
        };
        document.head.append(script);
      });
    }
  }

  exeunt.LoadError = LoadError;
  exeunt.Loader = Loader;
}
