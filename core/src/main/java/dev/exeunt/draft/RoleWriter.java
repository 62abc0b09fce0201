package dev.exeunt.draft;

import dev.exeunt.draft.fate.ColumnProposal;
import dev.exeunt.draft.fate.Detachment;
import dev.exeunt.draft.model.DraftLink;
import dev.exeunt.draft.model.DraftRole;
import dev.exeunt.draft.model.DraftTable;
import dev.exeunt.draft.model.Proposed;
import dev.exeunt.draft.names.Stance;
import dev.exeunt.draft.text.Page;
import dev.exeunt.map.yaml.YamlText;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ColumnClues;
import dev.exeunt.schema.TableName;
import dev.exeunt.schema.TableRefs;
import java.util.List;

/** Writes one role: its link, what of it is exported, its fate. */
final class RoleWriter {

    private final Page page;
    private final TableRefs refs;
    private final Detachment detachment;
    private final ColumnProposal proposal;

    RoleWriter(Page page, TableRefs refs, Detachment detachment, ColumnProposal proposal) {
        this.page = page;
        this.refs = refs;
        this.detachment = detachment;
        this.proposal = proposal;
    }

    /** The words of the link, e.g. {@code subject: user_id}; empty for the subject's own row. */
    List<String> link(DraftRole role) {
        if (role.link() instanceof DraftLink.Direct direct) {
            String subject = "subject: " + columns(direct.columns());
            return direct.where() == null
                    ? List.of(subject)
                    : List.of(subject, "where: " + YamlText.quoted(direct.where()));
        }
        if (role.link() instanceof DraftLink.Through through) {
            return through(role, through.key().parent(), "on: " + columns(through.columns()));
        }
        if (role.link() instanceof DraftLink.By by) {
            return through(role, by.key().child(), "by: " + columns(by.key().columns()));
        }
        if (role.link() instanceof DraftLink.Matches matches) {
            return List.of(
                    "matches: " + YamlText.scalar(matches.identifier()), "on: " + YamlText.scalar(matches.column()));
        }
        return List.of();
    }

    private List<String> through(DraftRole role, TableName parent, String columns) {
        String table = "through: " + YamlText.scalar(refs.text(parent));
        List<String> roles = role.parents().stream().map(DraftRole::name).toList();
        boolean only = role.parents().stream().allMatch(p -> p.table().roles().size() == 1);
        return only ? List.of(table, columns) : List.of(table, "role: " + columns(roles), columns);
    }

    private static String columns(List<String> names) {
        return names.size() == 1 ? YamlText.scalar(names.get(0)) : YamlText.list(names);
    }

    /** Rows that somebody else's link exports, and other people's own rows, are nobody else's to take along. */
    boolean exportsNothing(DraftRole role) {
        boolean othersRow = role.table().isSubject() && !role.isSelf();
        boolean othersBelow =
                role.stance() == Stance.PARENT && !role.table().direct().isEmpty();
        return othersRow || othersBelow;
    }

    List<String> secrets(DraftTable table) {
        return table.table().columns().stream()
                .filter(ColumnClues::secret)
                .map(Column::name)
                .toList();
    }

    /** The fate where one word says it, else empty. */
    String word(DraftRole role) {
        ColumnProposal.Columns columns = proposal.of(role);
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

    void erase(DraftRole role, int depth) {
        String word = word(role);
        if (role.fate() == Proposed.UNDECIDED) {
            question(role, depth);
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
        return role.fate() == Proposed.KEEP
                || (role.fate() == Proposed.ANONYMIZE
                        && proposal.of(role).rules().isEmpty());
    }

    private void staying(DraftRole role, int depth) {
        ColumnProposal.Columns columns = proposal.of(role);
        if (kept(role)) {
            page.line(depth, "keep: " + YamlText.prose(role.why()));
        } else if (role.fate() == Proposed.DETACH) {
            List<String> emptied = detachment.columns(role.table().table(), role.link());
            page.line(depth, "detach: " + (wholly(role) ? "true" : YamlText.list(emptied)));
        }
        if (!columns.rules().isEmpty()) {
            page.line(depth, "anonymize:");
            columns.rules().forEach(r -> page.line(depth + 1, YamlText.scalar(r.column()) + ": " + r.value(), r.why()));
        }
        if (!columns.stuck().isEmpty()) {
            page.comment(
                    depth,
                    "LOOK AT " + String.join(", ", columns.stuck())
                            + ": to be overwritten, but no value is sure to fit (referred to, too short, UNIQUE, or a type of its own)");
        }
        if (!columns.retain().isEmpty()) {
            page.list(depth, "retain", columns.retain(), "");
        }
    }
}
