package dev.exeunt.app.leaving;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.Exit;
import dev.exeunt.app.command.Refusal;
import dev.exeunt.app.command.RefusedException;
import dev.exeunt.app.command.Session;
import dev.exeunt.app.report.RequestReport;
import dev.exeunt.app.terminal.Json;
import dev.exeunt.erase.Elsewhere;
import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.DepartureRefusedException;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Outlook;
import dev.exeunt.lifecycle.Request;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Lifecycle.Offer;
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

/** {@code exeunt request}: somebody wants to leave. */
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
public final class RequestCommand extends DepartureCommand {

    @Parameters(
            index = "0",
            paramLabel = "FLOW",
            converter = FlowConverter.class,
            completionCandidates = FlowWords.class,
            description = "What for: delete-data, deactivate or delete-account.")
    private Flow flow = Flow.DELETE_DATA;

    @Parameters(index = "1", paramLabel = "KEY", description = "Who: the subject's key, or email:... by identifier.")
    private String key = "";

    @Mixin
    private final ActorOptions by = new ActorOptions();

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

    public RequestCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        Ask ask = ask();
        DataMap read = map.read();
        Optional<Offer> offer = read.lifecycle().offer(flow);
        if (offer.isPresent() && offer.get().grace() == null) {
            Elsewhere.refuse(read);
        }
        Before before = offer.map(o -> looking(read, "looking for warnings", d -> before(d, o)))
                .orElse(Before.NOTHING);
        Ask answered = before.questions() == null || yes ? ask : answered(ask, before.questions());
        try {
            Request done = changing(read, "asking", d -> d.ask(answered));
            report(read, done, done.id().equals(before.id()));
            return Exit.DONE.code();
        } catch (DepartureRefusedException e) {
            return Refusal.of(session, this).tell(e, again(e, ask, before.questions()));
        }
    }

    /** Either the request there is already, or what is to be asked; of a flow that is not offered neither. */
    private record Before(@Nullable UUID id, @Nullable RequestQuestions questions) {
        static final Before NOTHING = new Before(null, null);
    }

    private Before before(Departures departures, Offer offer) {
        return departures
                .status(key)
                .latest(flow)
                .filter(r -> r.state().isOpen())
                .map(r -> new Before(r.id(), null))
                .orElseGet(() -> new Before(null, questions(departures.outlook(flow, key), offer)));
    }

    /** None where the request would be refused whatever is answered. */
    private @Nullable RequestQuestions questions(Outlook outlook, Offer offer) {
        boolean barred = outlook.obstacles().stream().anyMatch(o -> !(override && o.overridable()));
        return barred ? null : new RequestQuestions(session, offer, outlook.warnings());
    }

    private Ask answered(Ask ask, RequestQuestions questions) {
        if (format.json()) {
            Json.print(session.terminal().out(), questions.json(ask));
            throw new RefusedException("Not confirmed: with --format json nothing is asked. Nothing was changed.");
        }
        return questions.ask(ask, page());
    }

    private static @Nullable String again(DepartureRefusedException e, Ask ask, @Nullable RequestQuestions questions) {
        boolean repeatable = e.why() == Why.UNACKNOWLEDGED || e.why() == Why.UNCONFIRMED;
        return repeatable && questions != null ? questions.again(ask, e.warnings()) : null;
    }

    private Ask ask() {
        Actor actor = by.actor();
        if (override && !actor.isStaff()) {
            throw new ExeuntException("--override is for staff: say who by --staff NAME, and why by --reason TEXT.");
        }
        return new Ask(flow, key, actor, by.reason(), typed, digest, override, null);
    }

    private void report(DataMap read, Request done, boolean again) {
        if (format.json()) {
            Json.print(session.terminal().out(), RequestReport.json(done, again));
        } else {
            RequestReport.text(done, again, page());
            String undo = RequestReport.undo(done);
            if (undo != null) {
                page().line("Undo, until the erasure begins: " + undo + keyAfterwards(read, key));
            }
        }
    }

    /** Repeats nothing: what stands in the flow's place may have been a key. */
    static final class FlowConverter implements ITypeConverter<Flow> {

        @Override
        public Flow convert(String text) {
            return Flow.of(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "the flow is one of " + String.join(", ", Flow.words()) + "; the KEY comes after it"));
        }
    }

    /** For the shell's completion. */
    static final class FlowWords implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Flow.words().iterator();
        }
    }
}
