// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.imports.DraftYaml;
import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.util.List;

/// Judges answers by reading the scenario that they make, so that its reader's rules are the only ones. Of the strategy
/// only what was answered counts: with one replica that leaves other GPUs idle nothing else can be wrong.
public final class DraftCheck {
    private static final String DATA = "strategy.data";

    private final ScenarioReader reader;

    public DraftCheck(Catalog catalog) {
        reader = new ScenarioReader(catalog);
    }

    /// The job of complete answers, with a strategy that means nothing yet.
    ///
    /// @throws InvalidInputException with all problems, in terms of the options
    public Scenario scenario(Answers answers) {
        ScenarioDraft draft = answers.draft();
        draft.set(DATA, 1L, answers.place());
        try {
            return read(draft);
        } catch (InvalidInputException wrong) {
            throw new InvalidInputException(wrong.problems().stream()
                    .map(problem -> inTermsOfOptions(problem, answers))
                    .distinct()
                    .toList());
        }
    }

    /// What one more answer makes wrong, as sentences; what is still missing is not wrong.
    List<String> problemsWith(Answers answers, Field field, String answer) {
        List<String> before = problems(answers);
        return problems(answers.with(field, answer)).stream()
                .filter(problem -> !before.contains(problem))
                .toList();
    }

    private List<String> problems(Answers answers) {
        ScenarioDraft draft = answers.draft();
        draft.set(DATA, 1L, answers.place());
        try {
            read(draft);
            return List.of();
        } catch (InvalidInputException wrong) {
            return wrong.problems().stream()
                    .filter(problem -> !problem.found().equals("missing"))
                    .map(problem ->
                            problem.message().substring(problem.at().toString().length() + 2))
                    .toList();
        }
    }

    /// Reads a draft as a scenario.
    ///
    /// @throws InvalidInputException with all problems
    public Scenario read(ScenarioDraft draft) {
        return reader.read("scenario", DraftYaml.write(draft, List.of()));
    }

    private static Problem inTermsOfOptions(Problem problem, Answers answers) {
        for (Field field : Field.values()) {
            if (field.key().equals(problem.field())) {
                return new Problem(
                        answers.place(), field.option(), problem.found(), problem.expected(), problem.remedy());
            }
        }
        return new Problem(answers.place(), problem.field(), problem.found(), problem.expected(), problem.remedy());
    }
}
