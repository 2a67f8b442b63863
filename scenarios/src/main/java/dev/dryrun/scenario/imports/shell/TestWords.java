// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Decides `[ words ]` and `[[ words ]]` as far as the script alone tells.
///
/// A variable that neither the script nor the user sets counts as not set, as it would be; those that the launcher or
/// the system sets (`RANK`, `SLURM_...`) are open, and so is everything about files.
final class TestWords {
    private static final int DEEPEST = 40;
    private static final List<String> SET_BY_OTHERS =
            List.of("SLURM_", "PBS_", "LSB_", "OMPI_", "PMI_", "KUBERNETES_", "AZ_", "SM_");
    private static final List<String> SET_BY_THE_SYSTEM = List.of(
            "RANK",
            "LOCAL_RANK",
            "NODE_RANK",
            "WORLD_SIZE",
            "MASTER_ADDR",
            "MASTER_PORT",
            "HOME",
            "USER",
            "PATH",
            "PWD",
            "HOSTNAME",
            "SHELL",
            "LD_LIBRARY_PATH",
            "PYTHONPATH",
            "CUDA_VISIBLE_DEVICES",
            "TMPDIR",
            "OSTYPE");

    private final List<Traced> words;
    private final Calculator calculator;
    private int at;
    private int depth;

    TestWords(List<Traced> words, Calculator calculator) {
        this.words = words;
        this.calculator = calculator;
    }

    Truth truth() {
        if (words.isEmpty()) {
            return Truth.NO;
        }
        Truth truth = any();
        return at == words.size() ? truth : Truth.OPEN;
    }

    private boolean looksAt(String... operators) {
        return at < words.size() && List.of(operators).contains(words.get(at).raw());
    }

    private Truth any() {
        Truth truth = all();
        while (looksAt("||", "-o")) {
            at++;
            truth = truth.or(all());
        }
        return truth;
    }

    private Truth all() {
        Truth truth = one();
        while (looksAt("&&", "-a")) {
            at++;
            truth = truth.and(one());
        }
        return truth;
    }

    private Truth one() {
        if (at >= words.size() || ++depth > DEEPEST) {
            at = words.size();
            return Truth.OPEN;
        }
        if (looksAt("!")) {
            at++;
            return one().not();
        }
        if (looksAt("(")) {
            at++;
            Truth inner = any();
            at += looksAt(")") ? 1 : 0;
            return inner;
        }
        int left = words.size() - at;
        if (left >= 3 && isComparison(words.get(at + 1).raw())) {
            at += 3;
            return compared(words.get(at - 3), words.get(at - 2).raw(), words.get(at - 1));
        }
        if (left >= 2 && isQuestion(words.get(at).raw())) {
            at += 2;
            return asked(words.get(at - 2).raw(), words.get(at - 1));
        }
        String known = text(words.get(at++));
        return known == null ? Truth.OPEN : Truth.of(!known.isEmpty());
    }

    private static boolean isComparison(String word) {
        return List.of("=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef")
                .contains(word);
    }

    private static boolean isQuestion(String word) {
        return word.length() == 2 && word.charAt(0) == '-' && Character.isLetter(word.charAt(1));
    }

    private Truth asked(String question, Traced word) {
        String text = text(word);
        if (text == null || !List.of("-n", "-z").contains(question)) {
            return Truth.OPEN;
        }
        return Truth.of(text.isEmpty() == question.equals("-z"));
    }

    private Truth compared(Traced one, String operator, Traced other) {
        return switch (operator) {
            case "=", "==" -> equal(one, other);
            case "!=" -> equal(one, other).not();
            case "-eq", "-ne", "-lt", "-le", "-gt", "-ge" -> ordered(one, operator, other);
            default -> Truth.OPEN;
        };
    }

    private static Truth equal(Traced one, Traced other) {
        String text = text(one);
        String pattern = text(other);
        if (text == null || pattern == null || !Glob.isShort(pattern, text)) {
            return Truth.OPEN;
        }
        return Truth.of(Glob.matches(pattern, text));
    }

    private Truth ordered(Traced one, String operator, Traced other) {
        OptionalLong left = calculator.evaluate(one, one.placeOr(0));
        OptionalLong right = calculator.evaluate(other, other.placeOr(0));
        if (left.isEmpty() || right.isEmpty()) {
            return Truth.OPEN;
        }
        int order = Long.compare(left.getAsLong(), right.getAsLong());
        return Truth.of(
                switch (operator) {
                    case "-eq" -> order == 0;
                    case "-ne" -> order != 0;
                    case "-lt" -> order < 0;
                    case "-le" -> order <= 0;
                    case "-gt" -> order > 0;
                    default -> order >= 0;
                });
    }

    /// The word with variables that nobody sets left out; null where it is not known.
    private static @Nullable String text(Traced word) {
        var text = new StringBuilder();
        int holes = 0;
        for (int i = 0; i < word.length(); i++) {
            if (!word.isHoleAt(i)) {
                text.append(word.charAt(i));
            } else if (isSetByOthers(word.holes().get(holes++).variable())) {
                return null;
            }
        }
        return text.toString();
    }

    private static boolean isSetByOthers(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        return name.isEmpty()
                || SET_BY_THE_SYSTEM.contains(name)
                || SET_BY_OTHERS.stream().anyMatch(name::startsWith);
    }
}
