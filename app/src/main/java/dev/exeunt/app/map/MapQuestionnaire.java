package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.OpenQuestion;
import dev.exeunt.map.OpenQuestion.OfferedAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the open questions of a map one by one, those of the largest tables first. Each answer is in the file before the next question, so
 * that an interruption loses nothing. Only answers are offered with which {@code check} finds no new error.
 */
final class MapQuestionnaire {

    private static final String ASKED = "# TO DECIDE: ";
    private static final String DECIDED = "# Decided. Asked was: ";

    private final Exeunt exeunt;
    private final MapFile file;
    private final CommandContext session;
    private final ReportPage page;
    private final PersonAtTerminal person;
    private final Set<String> passedOver = new HashSet<>();
    private int answered;

    /** Answers a prompt with a line; null at the end of input. */
    interface PersonAtTerminal {
        @Nullable
        String answer(String prompt);
    }

    /** @param person answers a prompt with a line; null at the end of input */
    MapQuestionnaire(Exeunt exeunt, MapFile file, CommandContext session, ReportPage page, PersonAtTerminal person) {
        this.exeunt = exeunt;
        this.file = file;
        this.session = session;
        this.page = page;
        this.person = person;
    }

    /** @return how many questions are still open, or else how many errors {@code check} finds */
    int ask() {
        while (true) {
            byte[] before = file.bytes();
            String text = file.text(before);
            List<OpenQuestion> open = exeunt.questions(map(text));
            Optional<OpenQuestion> next =
                    open.stream().filter(q -> !passedOver.contains(q.role())).findFirst();
            if (next.isEmpty() || !ask(next.get(), open.size(), before, text)) {
                page.line(answered + (answered == 1 ? " question" : " questions") + " answered, " + open.size()
                        + " still open in " + file + ".");
                int errors = open.isEmpty() ? exeunt.check(map(text)).errors().size() : 0;
                if (errors > 0) {
                    page.line("exeunt check finds " + errors + (errors == 1 ? " thing" : " things") + " more to say.");
                }
                return open.size() + errors;
            }
        }
    }

    private DataMap map(String text) {
        return Exeunt.readMap(text, file.toString());
    }

    /** @return whether to go on */
    private boolean ask(OpenQuestion question, int open, byte[] before, String text) {
        List<OfferedAnswer> answers = fitting(question, text);
        page.blank();
        page.line(page.style().bold(question.role()) + "  (" + file + ":"
                + question.at().line() + ", " + open + " open"
                + (question.rows() > 0 ? ", about " + question.rows() + " rows" : "") + ")");
        comment(question, text).forEach(line -> page.folded("  ", line));
        for (int i = 0; i < answers.size(); i++) {
            page.folded(
                    "  ",
                    (i + 1) + "  " + answers.get(i).word() + ": "
                            + answers.get(i).follows());
        }
        while (true) {
            String line = person.answer("  A number, Enter to leave it open, or q to stop: ");
            String said = line == null ? "q" : line.strip();
            if (said.equals("q")) {
                return false;
            }
            if (said.isEmpty()) {
                passedOver.add(question.role());
                return true;
            }
            if (said.matches("[1-9]") && Integer.parseInt(said) <= answers.size()) {
                write(question, answers.get(Integer.parseInt(said) - 1), before, text);
                return true;
            }
            page.line("  That is none of 1 to " + answers.size() + ".");
        }
    }

    private void write(OpenQuestion question, OfferedAnswer answer, byte[] before, String text) {
        OfferedAnswer complete = answer;
        if (answer.word().equals("keep")) {
            String reason = person.answer("  Why do the rows stay? ");
            if (reason == null || reason.isBlank()) {
                passedOver.add(question.role());
                return;
            }
            complete = answer.because(reason.strip());
        }
        file.replace(session, before, decided(question, question.answered(text, complete)));
        answered++;
    }

    /** An answer that makes new errors is none: the user would have to mend it by hand. Deleting always is one. */
    private List<OfferedAnswer> fitting(OpenQuestion question, String text) {
        Set<String> known = errors(text);
        List<OfferedAnswer> fitting = new ArrayList<>();
        for (OfferedAnswer answer : question.answers()) {
            Set<String> then = errors(question.answered(text, answer));
            then.removeAll(known);
            if (then.isEmpty()) {
                fitting.add(answer);
            } else if (answer.word().equals("delete")) {
                fitting.add(new OfferedAnswer(
                        answer.word(),
                        answer.follows() + " Then check asks about " + String.join(", ", then) + ".",
                        answer.yaml()));
            }
        }
        return fitting;
    }

    private Set<String> errors(String text) {
        return exeunt.check(map(text)).errors().stream()
                .filter(f -> f.code() != FindingCode.UNDECIDED)
                .map(MapQuestionnaire::named)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static String named(Finding finding) {
        return finding.what() + " (" + finding.code().word() + ")";
    }

    /** The lines of comment above the question, where a draft says what to think about. */
    private static List<String> comment(OpenQuestion question, String text) {
        List<String> lines = text.lines().limit(question.at().line()).toList();
        int last = lines.size() - 2;
        int first = last;
        while (first >= 0 && lines.get(first).strip().startsWith("#")) {
            first--;
        }
        return lines.subList(first + 1, last + 1).stream()
                .map(l -> l.strip().replaceFirst("^# ?(TO DECIDE: )?", ""))
                .toList();
    }

    /** The comment stays, and no longer asks. */
    private static String decided(OpenQuestion question, String text) {
        String[] lines = text.split("\n", -1);
        for (int i = question.at().line() - 2; i >= 0 && lines[i].strip().startsWith("#"); i--) {
            lines[i] = lines[i].replace(ASKED, DECIDED);
        }
        return String.join("\n", lines);
    }
}
