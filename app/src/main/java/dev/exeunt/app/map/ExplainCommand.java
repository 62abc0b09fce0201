package dev.exeunt.app.map;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommonOptions;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.map.FindingCode;
import dev.exeunt.support.text.SpellingSuggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exeunt explain CODE}: the reference's page on a finding, which the program has with it. */
@Command(
        name = "explain",
        abbreviateSynopsis = true,
        header = {"Explain a finding of check.", ""},
        description = {"Why it matters, an example, what removes it, and whether it may be accepted.", ""})
public final class ExplainCommand implements Callable<Integer> {

    private final CommandContext session;

    @Mixin
    @SuppressWarnings("unused") // the same options as everywhere
    private final CommonOptions say = new CommonOptions();

    @Parameters(
            paramLabel = "CODE",
            description = "as check prints it: cannot-hold",
            completionCandidates = FindingCodeCandidates.class)
    private String code = "";

    public ExplainCommand(CommandContext session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.terminal().out().print(page(code));
        return ExitCode.DONE.code();
    }

    private static String page(String code) {
        List<String> codes = new FindingCodeCandidates().all();
        if (!codes.contains(code)) {
            throw new ExeuntException("check has no finding " + code + "." + SpellingSuggestion.hint(code, codes)
                    + " Valid: " + String.join(", ", codes) + ".");
        }
        try (InputStream page = ExplainCommand.class.getResourceAsStream("findings/" + code + ".md")) {
            if (page == null) {
                throw new IllegalStateException("built without the page on " + code);
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lists the finding codes for shell completion. */
    static final class FindingCodeCandidates implements Iterable<String> {

        List<String> all() {
            return Arrays.stream(FindingCode.values()).map(FindingCode::word).toList();
        }

        @Override
        public Iterator<String> iterator() {
            return all().iterator();
        }
    }
}
