package dev.exeunt.app.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.RefusalPrinter;
import dev.exeunt.app.report.RequestReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code exeunt request}: asks for a flow of the map, such as the deletion of an account. */
@Command(
        name = "request",
        abbreviateSynopsis = true,
        header = {"Ask to leave: hide a person's data now, erase it later.", ""},
        description = {
            "Ask for one of the flows that the map offers. Shows the warnings, asks whether they are acknowledged and for what"
                    + " the map wants typed, hides the data, and says when it will be erased and how to take it back. Asking"
                    + " again while a request is open gives the same request.",
            ""
        })
public final class RequestCommand extends AccountRequestCommand {

    @Parameters(
            index = "0",
            paramLabel = "FLOW",
            converter = FlowConverter.class,
            completionCandidates = FlowCandidates.class,
            description = "What for: delete-data, deactivate or delete-account.")
    private AccountFlow flow = AccountFlow.DELETE_DATA;

    @Parameters(index = "1", paramLabel = "KEY", description = "Who: the subject's key, or email:... by identifier.")
    private String key = "";

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    @Option(names = "--override", description = "As staff: pass over guards that the map lets an administrator pass.")
    private boolean override;

    @Option(
            names = "--type",
            paramLabel = "IDENTIFIER",
            description = "What the map wants typed to confirm: the person's own e-mail address, say.")
    private @Nullable String typed;

    @Option(
            names = "--acknowledge",
            paramLabel = "DIGEST",
            description = "That the warnings with this digest were read.")
    private @Nullable String digest;

    @Option(names = "--yes", description = "Do not ask; --acknowledge and --type say what would have been asked.")
    private boolean yes;

    public RequestCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        NewRequest ask = ask();
        DataMap read = map.read();
        Optional<DataMap.Offer> offer = read.offer(flow);
        if (offer.isPresent() && offer.get().grace() == null) {}
        RequestPreparation before = offer.map(o -> looking(read, "looking for warnings", d -> before(d, o)))
                .orElse(RequestPreparation.NOTHING);
        NewRequest answered = before.questions() == null || yes ? ask : answered(ask, before.questions());
        try {
            Request done = changing(read, "asking", d -> d.submit(answered));
            report(read, done, done.id().equals(before.id()));
            return ExitCode.DONE.code();
        } catch (RequestRefusedException e) {
            return RefusalPrinter.of(session, this).tell(e, again(e, ask, before.questions()));
        }
    }

    /** Holds the open request, or the questions to ask before a new one. */
    private record RequestPreparation(
            @Nullable UUID id, @Nullable RequestPrompts questions) {
        static final RequestPreparation NOTHING = new RequestPreparation(null, null);
    }

    private RequestPreparation before(AccountRequests requests, DataMap.Offer offer) {
        return requests.status(key)
                .latest(flow)
                .filter(r -> r.state().isOpen())
                .map(r -> new RequestPreparation(r.id(), null))
                .orElseGet(() -> new RequestPreparation(null, questions(requests.previewRequest(flow, key), offer)));
    }

    /** Returns the questions to ask, or null where a guard refuses the request whatever the answers are. */
    private @Nullable RequestPrompts questions(RequestPreview warned, DataMap.Offer offer) {
        boolean barred = warned.obstacles().stream().anyMatch(o -> !(override && o.overridable()));
        return barred ? null : new RequestPrompts(session, offer, warned.warnings());
    }

    private NewRequest answered(NewRequest ask, RequestPrompts questions) {
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), questions.json(ask));
            throw new CommandRefusedException(
                    "Not confirmed: with --format json nothing is asked. Nothing was changed.");
        }
        return questions.ask(ask, page());
    }

    private static @Nullable String again(
            RequestRefusedException e, NewRequest ask, @Nullable RequestPrompts questions) {
        boolean repeatable =
                e.why() == RequestRefusalReason.UNACKNOWLEDGED || e.why() == RequestRefusalReason.UNCONFIRMED;
        return repeatable && questions != null ? questions.again(ask, e.warnings()) : null;
    }

    private NewRequest ask() {
        Actor actor = by.actor();
        if (override && !actor.isStaff()) {
            throw new ExeuntException("--override is for staff: say who by --staff NAME, and why by --reason TEXT.");
        }
        return new NewRequest(flow, key, actor, by.reason(), typed, digest, override, null);
    }

    private void report(DataMap read, Request done, boolean again) {
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), RequestReport.json(done, again));
        } else {
            RequestReport.text(done, again, page());
            String undo = RequestReport.undo(done);
            if (undo != null) {
                page().line("Undo, until the erasure begins: " + undo + keyAfterwards(read, key));
            }
        }
    }

    /** Reads a flow. Its message repeats no input, which may have been a key. */
    static final class FlowConverter implements ITypeConverter<AccountFlow> {

        @Override
        public AccountFlow convert(String text) {
            return AccountFlow.of(text)
                    .orElseThrow(() -> new TypeConversionException("the flow is one of "
                            + String.join(", ", AccountFlow.words()) + "; the KEY comes after it"));
        }
    }

    /** Lists the flows for shell completion. */
    static final class FlowCandidates implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return AccountFlow.words().iterator();
        }
    }
}
