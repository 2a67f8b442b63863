// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The balanced scenario: the given one, with the layers of its stages and the micro-batches of its replicas.
public final class BalanceYaml {
    private BalanceYaml() {}

    /// @param given file of the scenario
    /// @param folder where the balanced one will be
    public static String write(Balance balance, Path given, Path folder) {
        ParallelStrategy strategy = balance.after().job().strategy();
        var yaml = new StringBuilder();
        yaml.append(String.format(
                Locale.ROOT,
                "# Balanced by dryrun balance: a step of %.4g s, %.4g s before.%n",
                balance.after().stepSeconds(),
                balance.before().stepSeconds()));
        yaml.append("schema: ").append(ScenarioReader.SCHEMA).append('\n');
        yaml.append("extends: ").append(quoted(beside(folder, given))).append('\n');
        yaml.append("name: ").append(quoted(balance.after().job().name())).append('\n');
        List<Integer> counts = strategy.microBatchesOfReplicas();
        if (strategy.stages() > 1 || !counts.isEmpty()) {
            yaml.append("strategy:\n");
        }
        if (strategy.stages() > 1) {
            yaml.append("  pipeline:\n    embedding_slots: false\n    layers_per_stage: ")
                    .append(list(layers(balance)))
                    .append('\n');
        }
        if (!counts.isEmpty()) {
            yaml.append("  micro_batches: ").append(list(counts)).append('\n');
        }
        return yaml.toString();
    }

    /// Layers of the blocks in the order of the forward pass.
    private static List<Integer> layers(Balance balance) {
        ParallelStrategy strategy = balance.after().job().strategy();
        StagePartition partition =
                strategy.partition(balance.after().job().model().layers());
        Integer[] layers = new Integer[partition.blocks()];
        for (int stage = 0; stage < partition.stages(); stage++) {
            for (int chunk = 0; chunk < partition.chunks(); chunk++) {
                layers[partition.block(stage, chunk)] = partition.layers(stage, chunk);
            }
        }
        return IntStream.range(0, layers.length)
                .mapToObj(block -> layers[block])
                .toList();
    }

    private static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String beside(Path folder, Path given) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = given.toAbsolutePath().normalize();
        boolean sameRoot = from.getRoot() != null && from.getRoot().equals(to.getRoot());
        return (sameRoot ? from.relativize(to) : to).toString().replace('\\', '/');
    }

    /// JSON's quoted text is one of YAML, too.
    private static String quoted(String text) {
        return new JsonText().value(text).toString().strip();
    }
}
