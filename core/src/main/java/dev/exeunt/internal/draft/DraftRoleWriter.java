package dev.exeunt.internal.draft;

import dev.exeunt.internal.draft.fate.ColumnProposer;
import dev.exeunt.internal.draft.fate.DetachableColumns;
import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.text.YamlLineWriter;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableNameFormatter;
import java.util.List;

/** Writes one role of a draft as YAML: its link, its export rule and its fate. */
final class DraftRoleWriter {

    private final YamlLineWriter page;
    private final TableNameFormatter refs;
    private final DetachableColumns detachment;
    private final ColumnProposer proposal;

    DraftRoleWriter(
            YamlLineWriter page, TableNameFormatter refs, DetachableColumns detachment, ColumnProposer proposal) {
        this.page = page;
        this.refs = refs;
        this.detachment = detachment;
        this.proposal = proposal;
    }

    /** The words of the link, e.g. {@code subject: user_id}; empty for the subject's own row. */
    List<String> link(DraftRole role) {
        if (role.link() instanceof DraftLink.DraftDirectLink direct) {
            String subject = "subject: " + columns(direct.columns());
            return direct.where() == null
                    ? List.of(subject)
                    : List.of(subject, "where: " + YamlFormatter.quoted(direct.where()));
        }
        if (role.link() instanceof DraftLink.DraftThroughLink through) {
            return through(role, through.key().parent(), "on: " + columns(through.columns()));
        }
        if (role.link() instanceof DraftLink.DraftReverseLink by) {
            return through(role, by.key().child(), "by: " + columns(by.key().columns()));
        }
        if (role.link() instanceof DraftLink.DraftIdentifierLink matches) {
            String identifier = "matches: " + YamlFormatter.scalar(matches.identifier());
            String on = "on: " + YamlFormatter.scalar(matches.column());
            return matches.unique() ? List.of(identifier, on) : List.of(identifier, on, "shared: leave");
        }
        return List.of();
    }

    private List<String> through(DraftRole role, TableName parent, String columns) {
        String table = "through: " + YamlFormatter.scalar(refs.text(parent));
        List<String> roles = role.parents().stream().map(DraftRole::name).toList();
        boolean only = role.parents().stream().allMatch(p -> p.table().roles().size() == 1);
        return only ? List.of(table, columns) : List.of(table, "role: " + columns(roles), columns);
    }

    private static String columns(List<String> names) {
        return names.size() == 1 ? YamlFormatter.scalar(names.get(0)) : YamlFormatter.list(names);
    }

    /** The fate where one word says it, else empty. */
    String word(DraftRole role) {
        ColumnProposer.ProposedColumns columns = proposal.of(role);
        return switch (role.fate()) {
            case DELETE -> "delete";
            case UNDECIDED -> "undecided";
            case DETACH -> columns.rules().isEmpty() && columns.retain().isEmpty() && wholly(role) ? "detach" : "";
            case ANONYMIZE, KEEP -> "";
        };
    }

    private boolean wholly(DraftRole role) {
        return detachment
                .columns(role.table().table(), role.link())
                .containsAll(role.link().columns());
    }

    /** @param asked whether the question stands above already */
    void erase(DraftRole role, int depth, boolean asked) {
        String word = word(role);
        if (role.fate() == ProposedFate.UNDECIDED) {
            if (!asked) {
                question(role, depth);
            }
            page.line(depth, "erase: undecided");
        } else if (!word.isEmpty()) {
            page.line(depth, "erase: " + word, role.why());
        } else {
            page.line(depth, "erase:", kept(role) ? "" : role.why());
            staying(role, depth + 1);
        }
    }

    void question(DraftRole role, int depth) {
        page.comment(depth, "TO DECIDE: " + (role.why().isEmpty() ? unclear(role) : role.why()));
    }

    private static String unclear(DraftRole role) {
        return "Rows of people and of others share this column, and a number beside it says which are which. Add"
                + " where: with the number that means a person, then say what becomes of "
                + role.table().name() + ".";
    }

    /** Rows of which nothing goes are kept, and that wants a reason. */
    private boolean kept(DraftRole role) {
        return role.fate() == ProposedFate.KEEP
                || (role.fate() == ProposedFate.ANONYMIZE
                        && proposal.of(role).rules().isEmpty());
    }

    private void staying(DraftRole role, int depth) {
        ColumnProposer.ProposedColumns columns = proposal.of(role);
        if (kept(role)) {
            page.line(depth, "keep: " + YamlFormatter.prose(role.why()));
        } else if (role.fate() == ProposedFate.DETACH) {
            List<String> emptied = detachment.columns(role.table().table(), role.link());
            page.line(depth, "detach: " + (wholly(role) ? "true" : YamlFormatter.list(emptied)));
        }
        if (!columns.rules().isEmpty()) {
            page.line(depth, "anonymize:");
            columns.rules()
                    .forEach(r -> page.line(depth + 1, YamlFormatter.scalar(r.column()) + ": " + r.value(), r.why()));
        }
        if (!columns.stuck().isEmpty()) {
            page.comment(
                    depth,
                    "LOOK AT " + String.join(", ", columns.stuck())
                            + ": to be overwritten, but no value is sure to fit (NOT NULL, UNIQUE, too short, referred to, or a type of its own)");
        }
        if (!columns.retain().isEmpty()) {
            page.list(depth, "retain", columns.retain(), "");
        }
    }
}
