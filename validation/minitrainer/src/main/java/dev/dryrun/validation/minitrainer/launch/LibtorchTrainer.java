// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.train.ExchangeOrder;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.train.TrainingOrder;
import dev.dryrun.validation.train.TrainingReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

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
        run(RankMain.class, ranks, order.words(), hearing::hear);
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

    @Override
    public List<ExchangeTime> exchanges(ExchangeOrder order) {
        List<ExchangeTime> times = Collections.synchronizedList(new ArrayList<>());
        run(ExchangeMain.class, order.ranks(), order.words(), (rank, message) -> times.add(message.toExchange()));
        return List.copyOf(times);
    }

    /// Runs a process for each rank until all have ended.
    ///
    /// @param main class that they run
    /// @param order in words; each hears its rank and the meeting place before them
    /// @param hear is told each message, and of which rank
    private static void run(Class<?> main, int ranks, List<String> order, BiConsumer<Integer, Message> hear) {
        try (var place = new MeetingPlace()) {
            List<List<String>> words = new ArrayList<>();
            for (int rank = 0; rank < ranks; rank++) {
                List<String> own = new ArrayList<>(
                        List.of(Integer.toString(rank), place.folder().toString()));
                own.addAll(order);
                words.add(own);
            }
            try (var processes = new RankProcesses(main, words, hear)) {
                processes.await();
            }
        } catch (IOException failure) {
            throw new TrainingFailure("no folder for the ranks to meet in: " + failure.getMessage(), failure);
        }
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
    public SortedMap<String, String> facts() {
        var facts = new TreeMap<>(Machine.facts());
        facts.putAll(versions());
        return facts;
    }

    @Override
    public int mostRanks(String device) {
        return device.equals("cpu") ? Integer.MAX_VALUE : GpuProbe.count(device);
    }

    @Override
    public Optional<String> obstacle(String device) {
        return device.equals("cpu") ? Optional.empty() : GpuProbe.obstacle(device);
    }
}
