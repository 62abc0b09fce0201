package dev.exeunt.examples.jdbc;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Receipt;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.Residue;
import dev.exeunt.export.ExportSummary;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.Finding;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Carries out what staff of the bookshop do for a customer: export, preview, erase, rehearse, verify. */
public final class BookshopPrivacy {

    private final Exeunt exeunt;
    private final DataMap map;
    private final List<Receipt> receipts = new ArrayList<>();

    public BookshopPrivacy(Exeunt exeunt, DataMap map) {
        this.exeunt = exeunt;
        this.map = map;
    }

    // tag::connect[]
    /** Connects to nothing yet: each call opens a connection, and closes it. */
    public static Exeunt connect(String url, String user, String password, String key) {
        Database database = Database.at(url, user, password);
        return Exeunt.builder(database)
                .key(HashKey.ofHex(key)) // openssl rand -hex 32; keep it outside the database
                .lockWait(Duration.ofSeconds(5))
                .build();
    }
    // end::connect[]

    // tag::read-map[]
    /** Reads the map. A map that cannot be read throws MapInvalidException with every fault and its line. */
    public static DataMap readMap(Path file) {
        return Exeunt.readMap(file);
    }
    // end::read-map[]

    // tag::check[]
    /** Returns each error as text: where it is, what is wrong, and a fix to paste. */
    public List<String> errors() {
        CheckResult checked = exeunt.check(map);
        return checked.errors().stream().map(Finding::toString).toList();
    }
    // end::check[]

    // tag::export-file[]
    /** Writes the customer's data as a ZIP of JSON and CSV into the directory, and returns the file. */
    public Path exportInto(Path directory, String customer) {
        ExportSummary summary = exeunt.export(map, customer, directory, BundleFormat.ZIP);
        return Objects.requireNonNull(summary.file()); // null only where you export into a stream
    }
    // end::export-file[]

    // tag::export-stream[]
    /** Writes the customer's data as one JSON document, and returns how many rows it has. */
    public long exportTo(OutputStream out, String customer) {
        return exeunt.export(map, customer, out, BundleFormat.JSON).rows();
    }
    // end::export-stream[]

    // tag::preview[]
    /** Says for each table what an erasure would do, and writes nothing. */
    public List<String> preview(String customer) {
        ErasurePreview preview = exeunt.preview(map, List.of(customer));
        return preview.roles().stream()
                .filter(role -> role.rows() > 0)
                .map(role -> role.table() + ": " + role.fate() + " " + role.rows())
                .toList();
    }
    // end::preview[]

    // tag::erase[]
    /** Erases the customer in one transaction. If the receipt cannot be stored, nothing is erased. */
    public Receipt erase(String customer) {
        return exeunt.erase(map, List.of(customer), this::store);
    }

    private void store(Receipt receipt) {
        receipts.add(receipt); // your own file or table; it holds no personal data
    }
    // end::erase[]

    // tag::rehearse[]
    /** Erases twenty customers and rolls each erasure back. Returns why the failed ones failed. */
    public List<String> rehearse() {
        RehearsalResult result = exeunt.rehearse(map, List.of(), 20, Duration.ofSeconds(30));
        return result.subjects().stream()
                .filter(subject -> subject.failure() != null)
                .map(subject -> subject.failure().sentence())
                .toList();
    }
    // end::rehearse[]

    // tag::verify[]
    /** Searches every table for the key and the former address of an erased customer. */
    public boolean nothingLeft(String customer, String formerEmail) {
        Residue residue = exeunt.verify(map, List.of(customer), List.of(formerEmail));
        return residue.verdict() == Residue.ResidueVerdict.NOTHING_LEFT;
    }
    // end::verify[]

    // tag::receipt[]
    /** Returns a receipt as JSON, as the commands write it. */
    public static String toJson(Receipt receipt) {
        return receipt.toJson();
    }
    // end::receipt[]

    public List<Receipt> receipts() {
        return List.copyOf(receipts);
    }
}
