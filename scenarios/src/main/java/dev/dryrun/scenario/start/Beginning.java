// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.imports.DraftYaml;
import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.strategy.job.ParallelStrategy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Makes the first scenario of a job from answers.
public final class Beginning {
    private static final double GIB = 0x1p30;

    private final Defaults defaults;
    private final DraftCheck check;

    public Beginning(Catalog catalog) {
        defaults = new Defaults(catalog);
        check = new DraftCheck(catalog);
    }

    /// What became of the answers.
    public sealed interface Outcome {
        /// A scenario.
        ///
        /// @param text of its file
        /// @param summary of its strategy, one line
        record Written(String text, Scenario scenario, String summary) implements Outcome {}

        /// No strategy fits.
        record NothingFits(String reason) implements Outcome {}
    }

    /// Writes the scenario; what has a default and was not answered is filled in.
    ///
    /// @param heading lines of the comment above everything
    /// @throws InvalidInputException with everything that is missing or wrong, in terms of the options
    public Outcome write(Answers answers, List<String> heading) {
        requireAll(answers);
        for (Field field : Field.values()) {
            String known = defaults.of(field, answers);
            if (!answers.has(field) && !known.isEmpty()) {
                answers.put(field, known);
            }
        }
        Scenario read = check.scenario(answers);
        var given = GivenStrategy.of(answers, read.job().strategy());
        var strategy = new StartingStrategy(read.job(), given);
        Optional<StartingStrategy.Choice> choice = strategy.choose();
        if (choice.isEmpty()) {
            return new Outcome.NothingFits(reason(strategy.closest()));
        }
        ScenarioDraft draft = new StartingScenario(answers, read.job(), choice.get()).draft();
        return new Outcome.Written(DraftYaml.write(draft, heading), check.read(draft), summary(choice.get()));
    }

    private static void requireAll(Answers answers) {
        List<Problem> missing = Field.required().stream()
                .filter(field -> !answers.has(field))
                .map(field -> new Problem(answers.place(), field.option(), "missing", "has to be known", remedy(field)))
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidInputException(missing);
        }
    }

    private static String remedy(Field field) {
        return field.kind().isEmpty() ? "" : "one of those that dryrun catalog " + field.kind() + " lists";
    }

    private static String summary(StartingStrategy.Choice choice) {
        ParallelStrategy strategy = choice.strategy();
        return String.format(
                Locale.ROOT,
                "%s; %.1f of %.1f GiB on the fullest GPU",
                shape(strategy),
                choice.memory().fullest().deviceBytes() / GIB,
                choice.memory().capacityBytes() / GIB);
    }

    private static String reason(Optional<MemoryCheck.Closest> closest) {
        return closest.map(miss -> String.format(
                        Locale.ROOT,
                        "no strategy fits with a margin. The closest, %s, takes %.1f of the %.1f GiB of a GPU;"
                                + " more nodes, or GPUs with more memory, may do",
                        shape(miss.strategy()),
                        miss.bytes() / GIB,
                        miss.capacityBytes() / GIB))
                .orElse("model, GPUs and batch do not divide into any strategy; another number of nodes or another"
                        + " batch may do");
    }

    private static String shape(ParallelStrategy strategy) {
        return "tensor " + strategy.tensor() + ", pipeline " + strategy.stages() + ", data " + strategy.data()
                + ", micro-batch " + strategy.microBatch() + ", recompute "
                + strategy.recompute().words();
    }
}
