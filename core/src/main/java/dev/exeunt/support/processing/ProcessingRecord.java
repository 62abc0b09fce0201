package dev.exeunt.support.processing;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.map.DataMap.Offer;
import dev.exeunt.map.TimeSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a map tells for the record of processing activities (GDPR Art. 30(1)). Texts are empty where the map says nothing.
 *
 * @param controller the texts of {@code controller}, by the map's words; each word is there
 * @param people the table that has one row for each person, as the map names it
 * @param activities tables by what the map says of their use, in the map's order
 * @param systems other systems that are told of an erasure, by the map's names
 * @param offers the flows that the application offers
 * @param outliving what an erasure of the account keeps on purpose
 * @param backups how long backups are kept; null where the map does not say
 */
public record ProcessingRecord(
        String file,
        Map<String, LanguageText> controller,
        String people,
        LanguageText transfers,
        LanguageText automatedDecisions,
        List<Activity> activities,
        List<String> systems,
        List<Offer> offers,
        List<OutlivingData> outliving,
        @Nullable TimeSpan backups) {

    public ProcessingRecord {
        controller = Collections.unmodifiableMap(new LinkedHashMap<>(controller));
        activities = List.copyOf(activities);
        systems = List.copyOf(systems);
        offers = List.copyOf(offers);
        outliving = List.copyOf(outliving);
    }

    /**
     * Draws the record up. Needs no database.
     *
     * @param map as {@code Exeunt.readMap} made it
     * @throws IllegalArgumentException for another implementation
     */
    public static ProcessingRecord of(DataMap map) {
        return new ProcessingRecordDraft(map).draw();
    }

    /** Groups tables whose rows are used for the same purpose, on the same basis, with the same recipients and source. */
    public record Activity(
            LanguageText purpose,
            LanguageText basis,
            LanguageText recipients,
            LanguageText source,
            List<ProcessedTable> tables) {
        public Activity {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Describes a table with personal data.
     *
     * @param table as the map names it
     * @param title what people read instead
     * @param limits for each role, in the map's order
     */
    public record ProcessedTable(String table, LanguageText title, LanguageText categories, List<TimeLimit> limits) {
        public ProcessedTable {
            limits = List.copyOf(limits);
        }
    }

    /**
     * Says what becomes of rows when the account is erased.
     *
     * @param role the role's name; empty where the table has only one
     * @param outcome the map's word, such as {@code delete}
     * @param words for people, such as {@code deleted}
     */
    public record TimeLimit(String role, String outcome, String words) {}

    /**
     * Names what an erasure of the account keeps on purpose.
     *
     * @param role the role's name; empty where the table has only one
     * @param columns the columns that stay as they are; empty for whole rows
     * @param reason why rows stay; null where only columns stay
     * @param basis the legal basis; null where the map names none
     * @param period how long after the erasure; null for as long as the reason holds
     * @param thenDelete whether the rows are deleted when the period is over
     */
    public record OutlivingData(
            String table,
            String role,
            List<String> columns,
            @Nullable String reason,
            @Nullable String basis,
            @Nullable TimeSpan period,
            boolean thenDelete) {
        public OutlivingData {
            columns = List.copyOf(columns);
        }
    }
}
