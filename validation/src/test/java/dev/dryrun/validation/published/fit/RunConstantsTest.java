// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConstantsTest {
    @TempDir
    private Path folder;

    /// Fails where a constant that runs gave has no line in `priors.yaml`.
    @Test
    void everyConstantThatRunsGaveHasAPrior() {
        List<RunParameter> parameters = RunConstants.of(new Catalog(List.of()));
        for (RunParameter parameter : parameters) {
            assertTrue(parameter.value() >= 0, parameter::at);
            assertTrue(parameter.prior().spread() > 0, parameter::at);
        }
        assertTrue(parameters.stream().anyMatch(one -> one.standsIn(new Place(Kind.SITES, "jean-zay"))));
    }

    @Test
    void constantsOfOneFitAreOneParameter() throws IOException {
        stack("one", "{value: 0.25, status: fitted-on-runs, source: our runs}");
        stack("two", "{value: 0.25, status: fitted-on-runs, source: our runs}");
        stack("three", "{value: 0.26, status: fitted-on-runs, source: our runs}");
        stack("four", "{value: 0.25, status: prior, source: \"as one, where runs gave it\"}");
        stack("five", "{value: 0.25, status: prior, source: a guess}");
        List<RunParameter> own = RunConstants.of(new Catalog(List.of(folder))).stream()
                .filter(one -> one.at().equals("tensor_parallel.slowdown"))
                .filter(one -> one.constants().stream().anyMatch(c -> c.source().equals("our runs")))
                .toList();
        assertEquals(2, own.size());
        assertEquals(List.of("one", "two", "four"), names(own.get(0)));
        assertEquals(List.of("three"), names(own.get(1)));
    }

    @Test
    void aConstantWithoutAPriorIsNamed() throws IOException {
        write("odd", "optimizer_bytes: {local: {value: 6, status: fitted-on-runs, source: our runs}}\n");
        var refusal = assertThrows(IllegalStateException.class, () -> RunConstants.of(new Catalog(List.of(folder))));
        assertEquals(
                "stacks/odd: optimizer_bytes.local is fitted on runs and has no prior; it needs a line in"
                        + " priors.yaml",
                refusal.getMessage());
    }

    private static List<String> names(RunParameter parameter) {
        return parameter.constants().stream().map(one -> one.place().name()).toList();
    }

    private void stack(String name, String slowdown) throws IOException {
        write(name, "tensor_parallel: {slowdown: " + slowdown + "}\n");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve("stacks").resolve(name + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "name: " + name + "\nextends: te-2024\n" + text);
    }
}
