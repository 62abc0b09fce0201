package dev.exeunt.internal.scan;

import dev.exeunt.internal.scan.ScannedColumn.TokenSearch;
import dev.exeunt.internal.scan.TableHits.ColumnHits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks through the fields of each row and collects the places of rows that hold a term. */
final class HitCollector implements RowStream.RowVisitor {

    /** The fields before the first value: the relation and the place in it. */
    private static final int PLACE = 2;

    private static final TermKind[] KINDS = TermKind.values();

    private final List<ScannedColumn> columns;
    private final PersonTerms terms;
    private final @Nullable RowIds[][] hits;
    private final KeyValues keys;
    private final FreeTextSearch freeText;
    private long beginnings;

    HitCollector(List<ScannedColumn> columns, PersonTerms terms) {
        this.columns = columns;
        this.terms = terms;
        this.hits = new RowIds[columns.size()][KINDS.length];
        this.freeText = new FreeTextSearch(terms);
        this.keys = new KeyValues(terms.columns().keyType(), terms.keys());
    }

    @Override
    public void row(byte[] bytes, int[] starts, int[] lengths) {
        for (int i = 0; i < columns.size(); i++) {
            int start = starts[i + PLACE];
            int length = lengths[i + PLACE];
            if (length >= 0) {
                int found = find(columns.get(i), bytes, start, length);
                if (found != 0) {
                    add(i, found, new FoundRow(ByteBuffer.wrap(bytes), starts, lengths));
                }
            }
        }
    }

    /** Holds a row as the server sent it: the place of its first two fields says which row it is. */
    private record FoundRow(ByteBuffer bytes, int[] starts, int[] lengths) {

        void addTo(RowIds rows) {
            if (lengths[1] < 0) {
                rows.addUnplaced();
            } else {
                rows.add(bytes.getInt(starts[0]), bytes.getInt(starts[1]), bytes.getShort(starts[1] + Integer.BYTES));
            }
        }
    }

    private void add(int column, int found, FoundRow row) {
        for (TermKind kind : KINDS) {
            if ((found & kind.bit()) != 0) {
                RowIds rows = hits[column][kind.ordinal()];
                if (rows == null) {
                    rows = new RowIds();
                    hits[column][kind.ordinal()] = rows;
                }
                row.addTo(rows);
            }
        }
    }

    private int find(ScannedColumn column, byte[] bytes, int start, int length) {
        return switch (column.reading()) {
            case INTEGER -> keys.containsInteger(integer(bytes, start, length)) ? TermKind.KEY.bit() : 0;
            case UUID -> terms.keys().contains(uuid(bytes, start)) ? TermKind.KEY.bit() : 0;
            case BYTES, TEXT -> text(column, bytes, start, length);
        };
    }

    private int text(ScannedColumn column, byte[] bytes, int start, int length) {
        if (ScannedColumn.isBeginning(length)) {
            beginnings++;
        }
        int found = 0;
        if (column.tokens() == TokenSearch.ALL) {
            found = freeText.find(bytes, start, length);
        } else if (column.tokens() == TokenSearch.TELLING_KEYS) {
            found = terms.tellingTokens().find(bytes, start, start + length);
        }
        if (column.equal() && (found & TermKind.KEY.bit()) == 0 && equals(column, bytes, start, length)) {
            found |= TermKind.KEY.bit();
        }
        return found;
    }

    private boolean equals(ScannedColumn column, byte[] bytes, int start, int length) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        String type = column.column().type().baseName();
        return column.column().type().isArray()
                ? ArrayElements.of(text).anyMatch(element -> keys.containsText(element, type.substring(1)))
                : keys.containsText(text, type);
    }

    private static long integer(byte[] bytes, int start, int length) {
        ByteBuffer value = ByteBuffer.wrap(bytes, start, length);
        return switch (length) {
            case Short.BYTES -> value.getShort();
            case Integer.BYTES -> value.getInt();
            default -> value.getLong();
        };
    }

    private static String uuid(byte[] bytes, int start) {
        ByteBuffer value = ByteBuffer.wrap(bytes, start, 2 * Long.BYTES);
        return new UUID(value.getLong(), value.getLong()).toString();
    }

    TableHits result() {
        List<ColumnHits> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            for (TermKind kind : KINDS) {
                RowIds rows = hits[i][kind.ordinal()];
                if (rows != null) {
                    found.add(new ColumnHits(columns.get(i).column(), kind, rows));
                }
            }
        }
        return new TableHits(found, beginnings);
    }
}
