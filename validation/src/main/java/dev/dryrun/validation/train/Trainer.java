// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;

/// Trains a scenario's model by its strategy for real, one process for each rank.
public interface Trainer {
    /// Runs a training to its end.
    ///
    /// @param order which scenario, how long, on what
    /// @param progress hears of each step when every rank has ended it
    /// @throws TrainingFailure where a rank could not go on; no process is left behind
    TrainingReport train(TrainingOrder order, Progress progress);

    /// Times exchanges between ranks that do nothing else; empty where a trainer cannot.
    ///
    /// @throws TrainingFailure where a rank could not go on; no process is left behind
    default List<ExchangeTime> exchanges(ExchangeOrder order) {
        return List.of();
    }

    /// Why nothing can be trained on a device here, with what would help; empty where it can.
    Optional<String> obstacle(String device);

    /// What this machine is and which versions it trains with: processor, cores, system, Java, libtorch's bindings.
    SortedMap<String, String> facts();

    /// Ranks that a device and those behind it have room for; any number on the CPU.
    int mostRanks(String device);

    /// Who hears of steps.
    @FunctionalInterface
    interface Progress {
        void step(TrainedStep step);
    }

    /// What is said where this program was built without one.
    ///
    /// @param command that wants one
    static String missing(String command) {
        return "This program was built without the trainer, which needs libtorch (some 110 MB). Maybe run ./dryrun "
                + command + " in a checkout of the sources, which builds it.";
    }

    /// The trainer of this program, where it was built with one.
    static Optional<Trainer> find() {
        List<Trainer> found = ServiceLoader.load(Trainer.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return found.stream().findFirst();
    }
}
