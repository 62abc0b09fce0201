package dev.exeunt.app.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.LedgerVariable;
import dev.exeunt.app.report.LateRowsReport;
import dev.exeunt.app.report.LedgerReport;
import dev.exeunt.app.report.ReapReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.support.event.EventOutbox;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code exeunt reap}: carries out the requests that are due. */
@Command(
        name = "reap",
        abbreviateSynopsis = true,
        header = {"Erase each person whose request is due.", ""},
        description = {
            "Carry out every request that is due and that no other worker holds, each person in one transaction. Run it from"
                    + " cron, as often and from as many machines as you like. If one person's erasure fails, the others go on."
                    + " It is tried again later, and the exit code is 1. Then look for rows of erased people that came after the"
                    + " erasure; where there are any the exit code is 1, too. Needs the key of erased people in EXEUNT_KEY.",
            ""
        })
public final class ReapCommand extends AccountRequestCommand {

    @Option(
            names = "--worker",
            paramLabel = "NAME",
            description =
                    "A name that no other worker has at the same time (default: the host's name and random digits).")
    private @Nullable String worker;

    public ReapCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (worker != null && worker.isBlank()) {
            throw new ExeuntException("--worker needs a name that is not blank.");
        }
        if (!LedgerVariable.isSet(session.terminal().env())) {
            session.terminal().err().println("note: " + LedgerReport.NO_COPY);
        }
        String name = worker == null ? host() + "-" + chance() : worker.strip();
        DataMap read = map.read();
        ReapResult reaped = changing(read, "erasing what is due", d -> reap(d, name));
        if (LedgerVariable.isSet(session.terminal().env()) && !say.quiet()) {
            session.terminal()
                    .err()
                    .println("The copy of the ledger is in "
                            + LedgerVariable.shown(session.terminal().env()) + ".");
        }
        Optional<LateRowCounts> late = lookForLateRows(read);
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), ReapReport.json(name, reaped, late.orElse(null)));
        } else {
            ReapReport.text(reaped, EventOutbox.isAnyAwaited(read), page());
            late.ifPresent(counts -> LateRowsReport.counts(counts, page()));
        }
        boolean nothingLeft = late.isPresent() && late.get().found() == 0;
        return (reaped.failed() == 0 && nothingLeft ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    /** Empty where the look failed, which the next run tries again: what was erased before it is reported all the same. */
    private Optional<LateRowCounts> lookForLateRows(DataMap read) {
        try {
            return Optional.of(changing(read, "looking for late rows", AccountRequests::lookForLateRows));
        } catch (ExeuntException e) {
            session.terminal().err().println("error: looking for late rows: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Erases who is due, and carries out requests made in SQL, for installations without a server. Refuses another key than people were
     * erased under, also where nothing is due: otherwise cron would not tell, and each due request would count a failed attempt.
     */
    private ReapResult reap(AccountRequests requests, String name) {
        requests.requireKey();
        ReapResult reaped = requests.eraseDue(name);
        if (requests.offersSqlFunctions()) {
            try {
                requests.carryOutSqlRequests();
            } catch (ExeuntException e) {
                session.terminal().err().println("error: carrying out what was asked for in SQL: " + e.getMessage());
                return new ReapResult(reaped.erased(), reaped.blocked(), reaped.failed() + 1, reaped.held());
            }
        }
        return reaped;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "exeunt"; // a host may have no name; the random digits tell it from others
        }
    }

    private static String chance() {
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
