package dev.exeunt.internal.map;

import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.map.notice.PrivacyNotice;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.Finding;
import dev.exeunt.map.TimeSpan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data map: for every table which rows belong to a person, and what becomes of them. Syntactically whole; whether its
 * names exist and its fates can be carried out is for {@code dev.exeunt.internal.plan} to say.
 *
 * @param file the file's name as the user gave it
 * @param notice what people are told about the use of their data
 * @param settings what each transaction that writes rows of the application sets, by name, in the map's order
 * @param backups how long backups of the database are kept; null where the map does not say
 * @param chosenSections the sections that exports hold; empty for all
 * @param flow whose fates the roles have; as read, those of {@link AccountFlow#DELETE_ACCOUNT}
 */
public record MapDefinition(
        String file,
        SubjectDefinition subject,
        AccountFlow flow,
        PrivacyNotice notice,
        ExportSettings export,
        LifecycleSettings lifecycle,
        List<MappedTable> tables,
        List<NonPersonalTable> notPersonal,
        List<AcceptedWarning> accepted,
        Map<String, String> settings,
        @Nullable TimeSpan backups,
        List<String> chosenSections)
        implements DataMap {

    public MapDefinition {
        tables = List.copyOf(tables);
        notPersonal = List.copyOf(notPersonal);
        accepted = List.copyOf(accepted);
        chosenSections = List.copyOf(chosenSections);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    @Override
    public MapDefinition withGrace(TimeSpan grace) {
        return new MapDefinition(
                file,
                subject,
                flow,
                notice,
                export,
                lifecycle.withGrace(grace),
                tables,
                notPersonal,
                accepted,
                settings,
                backups,
                chosenSections);
    }

    @Override
    public MapDefinition withSections(List<String> names) {
        return new MapDefinition(
                file,
                subject,
                flow,
                notice,
                export,
                lifecycle,
                tables,
                notPersonal,
                accepted,
                settings,
                backups,
                names);
    }

    @Override
    public List<Offer> offers() {
        return lifecycle.offers().stream().map(OfferedFlow::offer).toList();
    }

    @Override
    public List<String> identifiers() {
        return subject.identifiers().stream().map(LocatedText::text).toList();
    }

    @Override
    public List<String> fileStores() {
        return tables.stream()
                .flatMap(table -> table.files().stream())
                .map(MappedTable.FileColumn::store)
                .distinct()
                .toList();
    }

    @Override
    public List<String> namedTables() {
        return Stream.concat(
                        tables.stream().map(MappedTable::table),
                        notPersonal.stream().map(NonPersonalTable::table))
                .map(TableReference::toString)
                .toList();
    }

    /** A name without a schema is found by the role's path, so it may be that of a table in any schema. */
    @Override
    public TableWords words(String table) {
        String plain = table.substring(table.lastIndexOf('.') + 1);
        return tables.stream()
                .filter(mapped -> mapped.table().isNamed(table)
                        || mapped.table().schema() == null
                                && mapped.table().name().equals(plain))
                .map(MappedTable::words)
                .findFirst()
                .orElse(TableWords.NONE);
    }

    /**
     * Returns for what the rows of a section of the export are used, with the map's defaults.
     *
     * @param section a section's name
     */
    public ProcessingTerms terms(String section) {
        return tables.stream()
                .filter(table -> table.section().equals(section))
                .map(table -> table.terms().orElse(notice.defaults()))
                .findFirst()
                .orElse(notice.defaults());
    }

    /** The same map with what becomes of each role in that flow. */
    public MapDefinition forFlow(AccountFlow other) {
        List<MappedTable> projected = tables.stream().map(t -> t.forFlow(other)).toList();
        return new MapDefinition(
                file,
                subject,
                other,
                notice,
                export,
                lifecycle,
                projected,
                notPersonal,
                accepted,
                settings,
                backups,
                chosenSections);
    }

    /** Whether the finding is a warning that the map accepts. */
    public boolean accepts(Finding finding) {
        return !finding.isError()
                && accepted.stream()
                        .anyMatch(a -> a.code().text().equals(finding.code().word())
                                && a.what().text().equals(finding.what()));
    }

    /**
     * Returns the reason for which the map accepts what was found in a column, or null where it does not.
     *
     * @param code the word under {@code accept}, which names the table or the column
     */
    public @Nullable String reasonToAccept(String code, String table, String column) {
        return accepted.stream()
                .filter(a -> a.code().text().equals(code)
                        && List.of(table, table + "." + column)
                                .contains(a.what().text()))
                .map(AcceptedWarning::reason)
                .findFirst()
                .orElse(null);
    }

    /** Names a table that holds no personal data, and the reason the map gives. */
    public record NonPersonalTable(TableReference table, String reason) {}

    /**
     * Names a warning that the map's author has seen and accepts, with the reason.
     *
     * @param code the finding's code
     * @param what the table, or {@code table.column}, the warning is about
     */
    public record AcceptedWarning(LocatedText code, LocatedText what, String reason) {}
}
