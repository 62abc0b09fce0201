package dev.exeunt.promise;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.promise.answer.ModelRole;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges what a preview and a receipt say of each role: the rows reached, and those left since another person holds their value.
 */
final class ReceiptOracle {

    private final LinkTraversal followed;

    ReceiptOracle(LinkTraversal followed) {
        this.followed = followed;
    }

    /** Counts the rows of a role as output names them. */
    private record NamedRows(long reached, long shared) {}

    List<String> complaints(ErasurePreview preview) {
        List<String> complaints = new ArrayList<>();
        for (ModelRole role : followed.answers().roles()) {
            List<NamedRows> said = preview.roles().stream()
                    .filter(r -> r.table().equals(NamedPlaceCounts.shown(role.table())))
                    .filter(r -> r.role().equals(role.name()))
                    .map(r -> new NamedRows(r.rows(), r.shared()))
                    .toList();
            complain(role, said, false, complaints);
        }
        return complaints;
    }

    List<String> complaints(Receipt receipt) {
        List<String> complaints = new ArrayList<>();
        for (ModelRole role : followed.answers().roles()) {
            List<NamedRows> said = receipt.tables().stream()
                    .filter(t -> t.table().equals(NamedPlaceCounts.shown(role.table())))
                    .flatMap(t -> t.roles().stream())
                    .filter(r -> r.role().equals(role.name()))
                    .map(r -> new NamedRows(r.reached(), r.shared()))
                    .toList();
            complain(role, said, role.table().isCopies(), complaints);
        }
        return complaints;
    }

    /** @param more whether a trigger may have copied more rows meanwhile, which are reached as well */
    private void complain(ModelRole role, List<NamedRows> said, boolean more, List<String> complaints) {
        NamedRows wanted =
                new NamedRows(followed.rows(role).size(), followed.shared(role).size());
        boolean right = said.equals(List.of(wanted))
                || more
                        && said.size() == 1
                        && said.get(0).shared() == wanted.shared()
                        && said.get(0).reached() > wanted.reached();
        if (!right) {
            complaints.add(role.table() + ", " + role.name() + ": " + said + "\n  wanted " + wanted);
        }
    }
}
