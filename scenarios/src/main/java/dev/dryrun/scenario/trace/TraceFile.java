// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.trace;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.strategy.compile.Streams;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryCategory;
import dev.dryrun.strategy.memory.StageMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A trace of a step in a file.
public final class TraceFile {
    private TraceFile() {}

    /// Runs the simulation and writes what it does.
    ///
    /// @throws InvalidInputException if the file cannot be written
    public static StepResult write(Path file, TrainingJob job, StepSimulation simulation) {
        RankGrid grid = job.strategy().grid();
        List<long[]> lasting = StageMemory.of(job, simulation.plan()).stream()
                .map(TraceFile::lastingBytes)
                .toList();
        try (Writer writer = Files.newBufferedWriter(file);
                var trace = new TraceWriter(
                        writer,
                        simulation.plan(),
                        rank -> "stage " + grid.stageOf(rank) + ", rank " + rank,
                        Streams.NAMES,
                        MemoryCategory.NAMES,
                        rank -> lasting.get(grid.stageOf(rank)))) {
            return simulation.run(trace);
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidInputException(List.of(new Problem(
                    Position.startOf(file.toString()), "", "not writable", "the trace is to be written there", "")));
        }
    }

    private static long[] lastingBytes(StageMemory stage) {
        long[] bytes = new long[MemoryCategory.NAMES.size()];
        stage.lastingBytes().forEach((category, held) -> bytes[category.ordinal()] = Math.round(held));
        return bytes;
    }
}
