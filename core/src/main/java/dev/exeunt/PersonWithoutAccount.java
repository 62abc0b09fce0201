package dev.exeunt;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.Residue;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.map.ExportSettings.BundleFormat;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Carries out the requests of a person who has no account, and whose rows only a value tells, such as the e-mail address of a guest
 * (GDPR, articles 15 and 17). Only links by that value are followed. Staff must find out first whether the value is the person's own.
 *
 * <pre>{@code
 * PersonWithoutAccount guest = exeunt.personWithoutAccount(map, "email", "guest@example.org");
 * guest.export(Path.of("exports"), BundleFormat.ZIP);
 * guest.erase(receipt -> System.out.println(receipt.toJson()));
 * }</pre>
 *
 * <p>Every method refuses a value that a present person with an account holds, and names the person's key.
 */
public interface PersonWithoutAccount {

    /** Counts what an erasure would do, and writes nothing. */
    ErasurePreview preview();

    /**
     * Writes a bundle of the rows.
     *
     * @param target a file, which must not exist yet, or a directory for a file of the map's own name
     */
    ExportSummary export(Path target, BundleFormat format);

    /** Writes a bundle of the rows into a stream, which stays open. */
    ExportSummary export(OutputStream out, BundleFormat format);

    /**
     * Does to the rows what the map says, in one transaction.
     *
     * @param beforeCommit is given the receipt when everything is done and verified but not committed; where it throws, nothing was
     *     erased
     * @throws dev.exeunt.ledger.LedgerException where the ledger's copy cannot be written, or the database was restored from a backup and
     *     no replay has finished since
     */
    Receipt erase(Consumer<Receipt> beforeCommit);

    /**
     * Looks for what is left of the value.
     *
     * @param values further former values, looked for in every text, JSON and array column
     */
    Residue verify(List<String> values);
}
