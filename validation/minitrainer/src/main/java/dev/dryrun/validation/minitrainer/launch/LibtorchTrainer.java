// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.train.TrainingOrder;
import dev.dryrun.validation.train.TrainingReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The trainer on libtorch: a process for each rank, all of them on this machine.
public final class LibtorchTrainer implements Trainer {
    /// Of libtorch and its bindings; the class path has them.
    private static final String BINDINGS = "/META-INF/maven/org.bytedeco/pytorch/pom.properties";

    @Override
    public TrainingReport train(TrainingOrder order, Progress progress) {
        TrainingJob job = new ScenarioReader(new Catalog(order.catalog()))
                .read(order.scenario())
                .job();
        int ranks = Math.toIntExact(job.strategy().ranks());
        var hearing = new Hearing(ranks, progress);
        try (var place = new MeetingPlace()) {
            List<List<String>> words = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                List<String> own = new ArrayList<>(
                        List.of(Integer.toString(rank), place.folder().toString()));
                own.addAll(order.words());
                words.add(own);
            }
            try (var processes = new RankProcesses(RankMain.class, words, hearing::hear)) {
                processes.await();
            }
        } catch (IOException failure) {
            throw new TrainingFailure("no folder for the ranks to meet in: " + failure.getMessage(), failure);
        }
        return new TrainingReport(
                order,
                ranks,
                job.model().parameters(),
                job.training().tokensPerStep(),
                hearing.steps(),
                hearing.kernels(),
                hearing.memory(),
                hearing.spans(),
                Machine.facts(),
                versions());
    }

    private static SortedMap<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("java", Runtime.version().toString());
        try (var stream = LibtorchTrainer.class.getResourceAsStream(BINDINGS)) {
            var properties = new java.util.Properties();
            if (stream != null) {
                properties.load(stream);
            }
            versions.put("libtorch_bindings", properties.getProperty("version", "unknown"));
        } catch (IOException unreadable) {
            versions.put("libtorch_bindings", "unknown");
        }
        return versions;
    }

    @Override
    public Optional<String> obstacle(String device) {
        return device.equals("cpu") ? Optional.empty() : GpuProbe.obstacle(device);
    }
}
