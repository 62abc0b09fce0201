package dev.exeunt.map;

/**
 * @param name the bundle's file name without ending; {@code {key}} and {@code {timestamp}} are filled in
 * @param schema version of the document's structure, written at its top
 */
public record ExportSettings(String name, int schema, Format format) {

    /** What a map that says nothing gets. */
    public static final ExportSettings DEFAULT = new ExportSettings("data-export-{key}-{timestamp}", 1, Format.ZIP);

    /** How the bundle is packed. */
    public enum Format {
        /** A ZIP with each section as JSON and CSV. */
        ZIP,
        /** One JSON document. */
        JSON
    }
}
