package dev.exeunt.app.map;

import dev.exeunt.Exeunt;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapDraft.Answer;
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

    private static final String STOP = "q";
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
            List<MapDraft.Question> open = exeunt.questions(map(text));
            Optional<MapDraft.Question> next =
                    open.stream().filter(q -> !passedOver.contains(q.role())).findFirst();
            if (next.isEmpty() || !ask(next.get(), open.size(), before, text)) {
                return end(text, open.size());
            }
        }
    }

    /** @return how many questions are still open, or else how many errors {@code check} finds */
    private int end(String text, int open) {
        page.blank();
        page.line(answered + (answered == 1 ? " question" : " questions") + " answered, " + open + " still open in "
                + file + ".");
        if (open > 0) {
            page.line("Next: exeunt init --interactive asks them again.");
            return open;
        }
        List<Finding> errors = exeunt.check(map(text)).errors();
        long waiting =
                errors.stream().filter(f -> f.code() == FindingCode.UNDECIDED).count();
        if (waiting > 0) {
            page.folded(
                    "",
                    waiting + (waiting == 1 ? " link below waits" : " links below wait")
                            + " for what follows from the answers. Next: exeunt check offers complete lines for each.");
        } else if (errors.isEmpty()) {
            page.line("Next: exeunt check --data");
        } else {
            page.line("Next: exeunt check. It names " + errors.size() + (errors.size() == 1 ? " error." : " errors."));
        }
        return errors.size();
    }

    private DataMap map(String text) {
        return Exeunt.readMap(text, file.toString());
    }

    /** @return whether to go on */
    private boolean ask(MapDraft.Question question, int open, byte[] before, String text) {
        List<Answer> answers = fitting(question, text);
        show(question, answers, open, text);
        while (true) {
            String said = said("  A number, Enter to leave it open, or q to stop: ");
            if (said.equals(STOP)) {
                return false;
            }
            if (said.isEmpty()) {
                passedOver.add(question.role());
                return true;
            }
            if (said.matches("[1-9]") && Integer.parseInt(said) <= answers.size()) {
                return write(question, answers.get(Integer.parseInt(said) - 1), before, text);
            }
            page.line(
                    answers.isEmpty()
                            ? "  Enter goes on to the next question."
                            : "  That is not a number from 1 to " + answers.size() + ".");
        }
    }

    private void show(MapDraft.Question question, List<Answer> answers, int open, String text) {
        page.blank();
        page.line(page.style().bold(question.role()) + "  (" + file + ":"
                + question.at().line() + ", question " + (answered + passedOver.size() + 1) + " of " + (answered + open)
                + (question.rows() > 0 ? ", about " + question.rows() + " rows" : "") + ")");
        String comment = comment(question, text);
        if (!comment.isEmpty()) {
            page.folded("  ", comment);
        }
        if (answers.isEmpty()) {
            page.folded("  ", "No answer fits yet. First narrow the link in the file: exeunt check says how.");
        }
        for (int i = 0; i < answers.size(); i++) {
            page.folded(
                    "  ",
                    (i + 1) + "  " + answers.get(i).word() + ": "
                            + answers.get(i).follows());
        }
        if (comment.contains("reassign")) {
            page.folded(
                    "  ",
                    "Does another person take the rows over? Leave it open, and write { reassign: KEY } in the file.");
        }
    }

    /** What the person typed, without what is around it; the end of input is the wish to stop. */
    private String said(String prompt) {
        String line = person.answer(prompt);
        if (line == null) {
            page.blank();
            return STOP;
        }
        String said = line.strip();
        return said.equalsIgnoreCase(STOP) ? STOP : said.replaceFirst("^([1-9])[.)]$", "$1");
    }

    /** @return whether to go on */
    private boolean write(MapDraft.Question question, Answer answer, byte[] before, String text) {
        Answer complete = answer;
        if (answer.word().equals("keep")) {
            String reason = said("  Why do the rows stay? A reason, Enter to leave the question open, or q to stop: ");
            if (reason.equals(STOP)) {
                return false;
            }
            if (reason.isEmpty()) {
                passedOver.add(question.role());
                return true;
            }
            complete = answer.because(reason);
        }
        file.replace(session, before, decided(question, question.answered(text, complete)));
        answered++;
        return true;
    }

    /** An answer that makes new errors is none: the user would have to mend it by hand. Deleting always is one. */
    private List<Answer> fitting(MapDraft.Question question, String text) {
        Set<String> known = errors(text);
        List<Answer> fitting = new ArrayList<>();
        for (Answer answer : question.answers()) {
            Set<String> then = errors(question.answered(text, answer));
            then.removeAll(known);
            if (then.isEmpty()) {
                fitting.add(answer);
            } else if (answer.word().equals("delete")) {
                fitting.add(new Answer(
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

    /** The comment above the question, where a draft says what to think about. */
    private static String comment(MapDraft.Question question, String text) {
        List<String> lines = text.lines().limit(question.at().line()).toList();
        int last = lines.size() - 2;
        int first = last;
        while (first >= 0 && lines.get(first).strip().startsWith("#")) {
            first--;
        }
        return lines.subList(first + 1, last + 1).stream()
                .map(l -> l.strip().replaceFirst("^# ?(TO DECIDE: )?", ""))
                .collect(Collectors.joining(" "));
    }

    /** The comment stays, and no longer asks. */
    private static String decided(MapDraft.Question question, String text) {
        String[] lines = text.split("\n", -1);
        for (int i = question.at().line() - 2; i >= 0 && lines[i].strip().startsWith("#"); i--) {
            lines[i] = lines[i].replace(ASKED, DECIDED);
        }
        return String.join("\n", lines);
    }
}
