// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A file that was imported in a test, and what came of it.
public record Trial(Imported imported, Problems problems) {
    public static final long OPEN = 0;

    /// Imports a resource that lies beside the tests of an importer.
    ///
    /// @param gpus that the user gives; OPEN where none
    public static Trial ofResource(Importer importer, String file, long gpus) {
        return of(importer, file, text(importer.getClass(), file), gpus);
    }

    public static Trial of(Importer importer, String name, String text, long gpus) {
        var problems = new Problems();
        OptionalLong given = gpus == OPEN ? OptionalLong.empty() : OptionalLong.of(gpus);
        Imported imported = importer.read(new ImportSource(name, text, Map.of(), given, problems));
        return new Trial(imported, problems);
    }

    /// A test resource as text.
    public static String text(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The draft, a line for each key.
    public String draft() {
        assertEquals(List.of(), problems.all());
        return imported.draft().values().entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().value())
                .collect(Collectors.joining("\n"));
    }

    /// The draft's value of a key as text; "open" where it has none.
    public String value(String key) {
        ScenarioDraft.Value value = imported.draft().get(key);
        return value == null ? "open" : value.value().toString();
    }

    /// Names of the settings with that effect, in order, one to a line.
    public String with(Effect effect) {
        return imported.options().stream()
                .filter(option -> option.effect() == effect)
                .map(OptionReport::option)
                .collect(Collectors.joining("\n"));
    }

    /// What the report says of a setting.
    public String note(String option) {
        return imported.options().stream()
                .filter(each -> each.option().equals(option))
                .map(each -> each.effect() + ": " + each.note())
                .collect(Collectors.joining(" / "));
    }

    /// Messages of all problems, one to a line.
    public String messages() {
        return problems.all().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }

    /// The draft under a file that says what it lacks.
    public Document over(String rest, Problems into) {
        Document draft = DraftTree.document("imported.yaml", imported.draft(), into);
        return rest.isEmpty() ? draft : Document.read("rest.yaml", rest, into).over(draft);
    }

    public Scenario scenario(String rest) {
        assertEquals(List.of(), problems.all());
        var into = new Problems();
        return new ScenarioReader(new Catalog(List.of())).read(over(rest, into), into);
    }

    /// One step of the draft and the blocks that it lacks.
    public StepResult simulated(String rest) {
        var options = new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "test");
        return new StepSimulation(scenario(rest), options).run();
    }
}
