package dev.exeunt.internal.schema;

/**
 * Identifies a schema that was read before, so that a later connection recognises it without reading it again. Every
 * change of structure leaves new row versions in the catalogue; where all versions are those that were there, nothing
 * has changed, which costs a tenth of reading. Where some are others, the schema may still be the same (for example
 * after an index was rebuilt): then it is read, and its digest decides.
 *
 * @param digest as in {@link DatabaseSchema}
 * @param stamp the row versions it was read from, and the database's name
 */
public record SchemaFingerprint(String digest, String stamp) {}
