package dev.exeunt.internal.sample;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.SampledShare;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.SQLException;
import java.util.List;

/** Counts for each link of a draft how many sampled rows have it. A link whose column holds keys of several kinds is not counted. */
final class LinkShares {

    private LinkShares() {}

    /** Reads a sample of each table, in one statement, and writes the counts into the draft's roles. */
    static void count(DraftModel model, TableSampler sampler) throws SQLException {
        for (DraftTable table : model.tables()) {
            List<DraftRole> roles =
                    table.roles().stream().filter(LinkShares::isCounted).toList();
            List<SampledShare> shares = sampler.shares(
                    table.table(), roles.stream().map(LinkShares::hasLink).toList());
            for (int i = 0; i < shares.size(); i++) {
                roles.get(i).sampled(shares.get(i));
            }
        }
    }

    private static boolean isCounted(DraftRole role) {
        return role.link() instanceof DraftLink.DraftDirectLink direct && direct.where() == null || role.through();
    }

    private static SqlFragment hasLink(DraftRole role) {
        return role.link().columns().stream()
                .map(c -> SqlTemplate.of("exeunt_t.{column} IS NOT NULL")
                        .identifier("column", c)
                        .toFragment())
                .collect(SqlFragment.joining(" AND "));
    }
}
