// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Word;
import dev.dryrun.scenario.imports.shell.ShellRunner.Flow;
import dev.dryrun.scenario.imports.shell.Statement.Assignment;
import dev.dryrun.scenario.imports.shell.Statement.Simple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows simple commands: those of the shell itself take effect, all others are written down.
final class Commands {
    private static final Set<String> SHELLS = Set.of("bash", "sh", "zsh", "dash");
    private static final Pattern CALCULATED =
            Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*(=|\\+=|-=|\\*=|\\+\\+|--)(?!=)(.*)", Pattern.DOTALL);

    /// What a command did.
    record Outcome(Flow flow, Truth truth) {
        static Outcome next(Truth truth) {
            return new Outcome(Flow.NEXT, truth);
        }
    }

    private final ShellRunner runner;
    private final Expander expander;
    private final Assigner assigner;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Traced> files = new LinkedHashMap<>();
    private List<Traced> outer = List.of();

    Commands(ShellRunner runner, Expander expander) {
        this.runner = runner;
        this.expander = expander;
        assigner = new Assigner(expander);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    Map<String, Traced> files() {
        return files;
    }

    Outcome run(Simple command) {
        List<Traced> words = expander.fields(command.words());
        if (words.isEmpty()) {
            command.assignments().forEach(assigner::assign);
            return Outcome.next(Truth.YES);
        }
        writeFile(command, words);
        String name = words.getFirst().toString();
        return switch (name) {
            case "export", "declare", "typeset", "local", "readonly" -> {
                command.declared().forEach(assigner::assign);
                yield Outcome.next(Truth.YES);
            }
            case "unset" -> {
                words.subList(1, words.size()).forEach(word -> expander.state().unset(word.toString()));
                yield Outcome.next(Truth.YES);
            }
            case "exit" -> new Outcome(Flow.EXIT, Truth.YES);
            case "return" -> new Outcome(Flow.RETURN, Truth.YES);
            case "break" -> new Outcome(Flow.BREAK, Truth.YES);
            case "continue" -> new Outcome(Flow.CONTINUE, Truth.YES);
            case "set" -> {
                if (words.size() > 1 && words.get(1).toString().equals("--")) {
                    expander.state().setArguments(words.subList(2, words.size()));
                }
                yield Outcome.next(Truth.YES);
            }
            case "true", ":", "echo", "printf", "shift", "shopt", "trap", "ulimit", "wait" -> Outcome.next(Truth.YES);
            case "false", "getopts" -> Outcome.next(Truth.NO);
            case "[", "test" -> Outcome.next(bracketed(words));
            case "read", "mapfile", "readarray" -> unknown(words);
            case "source", "." -> {
                String file = words.size() > 1 ? words.get(1).toString() : "";
                runner.note(command.at(), "the file " + file + " is not read; variables that it sets are unknown");
                yield Outcome.next(Truth.LIKELY);
            }
            case "eval" ->
                new Outcome(runner.follow(joined(words.subList(1, words.size())), command.at()), Truth.LIKELY);
            default -> other(command, words);
        };
    }

    /// `[[ words ]]`, whose words are not split.
    Truth test(List<Word> words) {
        return new TestWords(words.stream().map(expander::text).toList(), expander.calculator()).truth();
    }

    private Truth bracketed(List<Traced> words) {
        boolean closed = words.getFirst().toString().equals("[")
                && words.getLast().toString().equals("]");
        return new TestWords(words.subList(1, words.size() - (closed ? 1 : 0)), expander.calculator()).truth();
    }

    /// `(( expression ))`: a value other than zero is success. Assignments take effect.
    Truth calculation(Statement.Calculation calculation) {
        Traced text = expander.text(calculation.expression());
        int at = calculation.at();
        Matcher assigned = CALCULATED.matcher(text.raw());
        if (text.isKnown() && assigned.matches()) {
            String operator = assigned.group(2);
            String value =
                    operator.equals("=") ? assigned.group(3) : assigned.group(1) + changed(operator, assigned.group(3));
            String name = assigned.group(1);
            expander.state().set(name, Value.of(expander.calculator().value(Traced.of(value, at), at, "((...))")));
            return Truth.LIKELY;
        }
        OptionalLong value = expander.calculator().evaluate(text, at);
        return value.isPresent() ? Truth.of(value.getAsLong() != 0) : Truth.OPEN;
    }

    private static String changed(String operator, String operand) {
        return switch (operator) {
            case "++" -> "+1";
            case "--" -> "-1";
            default -> operator.charAt(0) + "(" + operand + ")";
        };
    }

    /// Variables that a command reads from elsewhere.
    private Outcome unknown(List<Traced> words) {
        for (Traced word : words.subList(1, words.size())) {
            if (!word.isEmpty() && DollarReader.startsName(word.charAt(0))) {
                var hole = new Hole(word.place(0), "$" + word, "is read while the script runs", "");
                expander.state().set(word.toString(), new Value(List.of(Traced.hole(hole)), true));
            }
        }
        return Outcome.next(Truth.LIKELY);
    }

    private Outcome other(Simple command, List<Traced> words) {
        if (words.getFirst().raw().startsWith("--")) {
            runner.note(
                    command.at(),
                    words.getFirst() + " and what follows is no part of a command: the one before it"
                            + " ended, as at a line without \\ or at a comment");
            return Outcome.next(Truth.LIKELY);
        }
        Statement.Function function = expander.state().function(words.getFirst().toString());
        if (function != null) {
            return new Outcome(runner.call(function, words.subList(1, words.size()), command.at()), Truth.LIKELY);
        }
        int script = scriptOfShell(words);
        if (script > 0) {
            List<Traced> before = outer;
            outer = new ArrayList<>(outer);
            outer.addAll(words.subList(0, script));
            runner.apart(words.get(script), command.at());
            outer = before;
            return Outcome.next(Truth.LIKELY);
        }
        Map<String, Traced> settings = new LinkedHashMap<>();
        for (Assignment assignment : command.assignments()) {
            settings.put(assignment.name(), expander.text(assignment.value()));
        }
        calls.add(new Call(outer, words, settings, runner.isCertain()));
        return Outcome.next(Truth.LIKELY);
    }

    /// Index of the text of a `bash -c text` among the words; 0 where there is none.
    private static int scriptOfShell(List<Traced> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            String word = words.get(i).toString();
            if (!SHELLS.contains(word.substring(word.lastIndexOf('/') + 1))) {
                continue;
            }
            int option = i + 1;
            while (option < words.size() && words.get(option).toString().matches("-[a-z]*[abd-z]|-|--[a-z]+")) {
                option++;
            }
            boolean hands =
                    option + 1 < words.size() && words.get(option).toString().matches("-[a-z]*c");
            return hands ? option + 1 : 0;
        }
        return 0;
    }

    private static Traced joined(List<Traced> words) {
        var text = new Traced.Builder();
        for (Traced word : words) {
            text.append(Traced.of(text.length() > 0 ? " " : "", word.placeOr(0)))
                    .append(word);
        }
        return text.build();
    }

    /// Keeps what `cat <<END > file` and `echo text > file` write.
    private void writeFile(Simple command, List<Traced> words) {
        String name = words.getFirst().toString();
        if (command.outputs().isEmpty() || !Set.of("cat", "echo", "printf").contains(name)) {
            return;
        }
        HereDocument input = command.input();
        Traced text = name.equals("cat")
                ? input == null ? Traced.EMPTY : expander.text(input.body())
                : joined(words.subList(1, words.size()));
        Traced file = expander.text(command.outputs().getFirst());
        if (!text.isEmpty() && !file.isEmpty()) {
            files.put(file.toString(), text);
        }
    }
}
