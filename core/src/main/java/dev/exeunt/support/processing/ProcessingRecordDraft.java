package dev.exeunt.support.processing;

import dev.exeunt.internal.facade.CallContext;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.notice.ControllerDetails;
import dev.exeunt.internal.map.notice.ProcessingTerms;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataMap.LanguageText;
import dev.exeunt.support.processing.ProcessingRecord.Activity;
import dev.exeunt.support.processing.ProcessingRecord.OutlivingData;
import dev.exeunt.support.processing.ProcessingRecord.ProcessedTable;
import dev.exeunt.support.processing.ProcessingRecord.TimeLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws the record of processing activities up from a map. */
final class ProcessingRecordDraft {

    private static final ControllerDetails UNNAMED = new ControllerDetails(
            LanguageText.NONE,
            LanguageText.NONE,
            LanguageText.NONE,
            LanguageText.NONE,
            LanguageText.NONE,
            LanguageText.NONE);

    private final MapDefinition map;

    ProcessingRecordDraft(DataMap map) {
        this.map = CallContext.definition(map);
    }

    ProcessingRecord draw() {
        return new ProcessingRecord(
                map.file(),
                controller(Optional.ofNullable(map.notice().controller()).orElse(UNNAMED)),
                map.subject().table().text(),
                map.notice().transfers(),
                map.notice().automatedDecisions(),
                activities(),
                map.lifecycle().external().stream()
                        .map(ExternalSystem::name)
                        .map(LocatedText::text)
                        .toList(),
                map.offers(),
                map.tables().stream()
                        .flatMap(table -> outliving(table).stream())
                        .toList(),
                map.backups());
    }

    private static Map<String, LanguageText> controller(ControllerDetails details) {
        Map<String, LanguageText> texts = new LinkedHashMap<>();
        texts.put("name", details.name());
        texts.put("address", details.address());
        texts.put("contact", details.contact());
        texts.put("officer", details.officer());
        texts.put("representative", details.representative());
        texts.put("authority", details.authority());
        return texts;
    }

    private List<Activity> activities() {
        Map<List<LanguageText>, List<ProcessedTable>> tables = new LinkedHashMap<>();
        for (MappedTable table : map.tables()) {
            ProcessingTerms terms = map.terms(table.section());
            tables.computeIfAbsent(
                            List.of(terms.purpose(), terms.basis(), terms.recipients(), terms.source()),
                            same -> new ArrayList<>())
                    .add(new ProcessedTable(
                            table.table().text(),
                            new LanguageText(table.words().title()),
                            terms.categories(),
                            table.roles().stream()
                                    .map(role -> limit(table, role))
                                    .toList()));
        }
        return tables.entrySet().stream()
                .map(same -> new Activity(
                        same.getKey().get(0),
                        same.getKey().get(1),
                        same.getKey().get(2),
                        same.getKey().get(3),
                        same.getValue()))
                .toList();
    }

    private static String name(MappedTable table, Role role) {
        return table.roles().size() == 1 ? "" : role.name();
    }

    private static TimeLimit limit(MappedTable table, Role role) {
        return new TimeLimit(name(table, role), role.fate().outcome().word(), becomes(role.fate()));
    }

    private static String becomes(Fate fate) {
        return switch (fate.outcome()) {
            case DELETE -> "deleted";
            case ANONYMIZE -> "stays, with columns overwritten";
            case DETACH -> "stays, without its link to the person";
            case REASSIGN -> "stays, handed over to a stand-in";
            case KEEP ->
                "kept" + fate.keep().map(ProcessingRecordDraft::howLong).orElse("");
            case LEAVE_ALONE, UNDECIDED, UNSPECIFIED, STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST ->
                "not decided in the map";
        };
    }

    private static String howLong(Fate.Keep keep) {
        return keep.period() == null
                ? ", without a period in the map"
                : " for " + keep.period().words() + (keep.thenDelete() ? ", then deleted" : "");
    }

    private static List<OutlivingData> outliving(MappedTable table) {
        List<OutlivingData> data = new ArrayList<>();
        for (Role role : table.roles()) {
            List<String> columns =
                    role.fate().retain().stream().map(LocatedText::text).toList();
            Optional<Fate.Keep> keep = role.fate().keep();
            if (keep.isPresent() || !columns.isEmpty()) {
                data.add(new OutlivingData(
                        table.table().text(),
                        name(table, role),
                        keep.isPresent() ? List.of() : columns,
                        keep.map(Fate.Keep::reason).orElse(null),
                        keep.map(Fate.Keep::basis).orElse(null),
                        keep.map(Fate.Keep::period).orElse(null),
                        keep.map(Fate.Keep::thenDelete).orElse(false)));
            }
        }
        return data;
    }
}
