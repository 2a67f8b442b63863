// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.scenario.evidence.Evidence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// What came of a simulated step.
///
/// @param name of the scenario
/// @param gpus that take part
/// @param stepSeconds time of the step
/// @param tokensPerSecond tokens of the step over its time
/// @param flops FLOPs as they were counted, and the peak they are compared with
/// @param breakdownSeconds wall time by kind, mean over GPUs, every instant once; adds up to the step
/// @param busySeconds the same kinds including what ran hidden
/// @param criticalPathSeconds the longest chain by kind; adds up to the step
/// @param memory the fullest rank against its accelerator; absent where memory was not counted
/// @param warnings what is allowed and simulated, but slow
/// @param assumed what the scenario left open and was filled in
/// @param evidence what supports the time, and between which bounds the measured one is expected
/// @param uncalibrated parts of the hardware whose cost model is another's
/// @param training the whole training, where the scenario gives its tokens
/// @param provenance how to get the same result again
public record StepResult(
        String name,
        long gpus,
        double stepSeconds,
        double tokensPerSecond,
        FlopRates flops,
        Map<String, Double> breakdownSeconds,
        Map<String, Double> busySeconds,
        Map<String, Double> criticalPathSeconds,
        Optional<MemoryUse> memory,
        List<String> warnings,
        List<String> assumed,
        Evidence evidence,
        List<String> uncalibrated,
        Optional<TrainingTime> training,
        Provenance provenance) {
    public StepResult {
        breakdownSeconds = ordered(breakdownSeconds);
        busySeconds = ordered(busySeconds);
        criticalPathSeconds = ordered(criticalPathSeconds);
        warnings = List.copyOf(warnings);
        assumed = List.copyOf(assumed);
        uncalibrated = List.copyOf(uncalibrated);
        if (gpus < 1 || !(stepSeconds > 0)) {
            throw new IllegalArgumentException("a step of " + stepSeconds + " s on " + gpus + " GPUs is no result");
        }
    }

    /// The same with another account of memory.
    public StepResult with(MemoryUse other) {
        return new StepResult(
                name,
                gpus,
                stepSeconds,
                tokensPerSecond,
                flops,
                breakdownSeconds,
                busySeconds,
                criticalPathSeconds,
                Optional.of(other),
                warnings,
                assumed,
                evidence,
                uncalibrated,
                training,
                provenance);
    }

    public double tokensPerSecondPerGpu() {
        return tokensPerSecond / gpus;
    }

    /// In what the job lies outside of all measured runs.
    public List<String> extrapolated() {
        return evidence.extrapolated();
    }

    /// Everything that was guessed, a short phrase each.
    public List<String> guessed() {
        return Stream.of(assumed, extrapolated(), uncalibrated)
                .flatMap(List::stream)
                .toList();
    }

    private static Map<String, Double> ordered(Map<String, Double> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /// FLOP rates per GPU.
    ///
    /// @param modelPerSecond without what is computed again; causal attention once, as executed
    /// @param hardwarePerSecond with what is computed again
    /// @param peakPerSecond dense peak of the precision of the matrix products, mean over GPUs
    /// @param frameworkTeraPerSecond what the framework's own log would print, by its convention, in 10^12 FLOP/s
    public record FlopRates(
            double modelPerSecond,
            double hardwarePerSecond,
            double peakPerSecond,
            OptionalDouble frameworkTeraPerSecond) {
        /// Model FLOPs over peak.
        public double mfu() {
            return modelPerSecond / peakPerSecond;
        }

        /// Hardware FLOPs over peak.
        public double hfu() {
            return hardwarePerSecond / peakPerSecond;
        }
    }

    /// The whole training without failures.
    public record TrainingTime(double daysWithoutFailures, double gpuHours) {}

    /// How to get the same result again.
    ///
    /// @param version of the program
    /// @param catalogSha256 fingerprint of the catalog
    /// @param seed of the random streams
    /// @param grain in which collectives were played
    /// @param resolvedScenario the scenario with everything filled in, as plain maps, lists and values
    public record Provenance(
            String version, String catalogSha256, long seed, Grain grain, Map<String, ?> resolvedScenario) {
        public Provenance {
            resolvedScenario = Collections.unmodifiableMap(new LinkedHashMap<>(resolvedScenario));
        }
    }
}
