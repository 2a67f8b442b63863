// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What a reader of graphs is given.
///
/// @param name of the file in messages
/// @param text of the file, lines ended by a line feed
/// @param accelerator name of the GPUs in the catalog, where the user says so
/// @param nicBytesPerSecond line rate of an interface, where the user says so
/// @param problems takes up what is wrong with the file
public record GraphSource(
        String name,
        String text,
        @Nullable String accelerator,
        OptionalDouble nicBytesPerSecond,
        Catalog catalog,
        Problems problems) {
    public Position start() {
        return Position.startOf(name);
    }

    /// What the GPUs are: what the user says, else what the file is taken to say.
    ///
    /// @param guess name in the catalog; null where the file says nothing
    public @Nullable GpuFacts gpu(@Nullable String guess) {
        if (accelerator != null) {
            return GpuFacts.of(catalog, accelerator, Position.onCommandLine(), problems);
        }
        if (guess == null) {
            problems.add(
                    start(),
                    "accelerator",
                    "missing",
                    "the file does not say which GPUs these are, and their links and rates follow from it",
                    "--accelerator h100-sxm-80gb, or accelerator: h100-sxm-80gb beside topology in a scenario");
            return null;
        }
        return GpuFacts.of(catalog, guess, start(), problems);
    }

    /// Tells that the file is wrong at a place.
    public void wrong(Position at, String field, String found, String expected, String remedy) {
        problems.add(at, field, found, expected, remedy);
    }
}
