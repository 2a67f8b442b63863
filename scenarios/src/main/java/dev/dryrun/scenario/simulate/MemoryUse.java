// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.strategy.memory.MemoryCategory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Memory of the ranks at their peak, by pipeline stage.
///
/// @param byStage one entry per stage, from the first
/// @param wouldFit changes of the strategy with which it would fit, the cheapest first; empty where it fits as it is,
/// or
///     where none was looked for or found
public record MemoryUse(List<Stage> byStage, List<Remedy> wouldFit) {
    /// Above this share of the capacity a job may fail on a driver's or an allocator's whim.
    private static final double TIGHT_SHARE = 0.95;

    public MemoryUse {
        byStage = List.copyOf(byStage);
        wouldFit = List.copyOf(wouldFit);
        if (byStage.isEmpty()) {
            throw new IllegalArgumentException("memory of no stages");
        }
    }

    /// Memory of a rank of one stage.
    ///
    /// @param stage number from 0
    /// @param capacityBytes what a process can have of its accelerator's memory; of the smallest of several
    /// @param allocatedBytes by tensors
    /// @param reservedBytes by the framework's allocator
    /// @param deviceBytes on the device, context and libraries included
    /// @param byCategory bytes at the peak by what they hold; they add up to those on the device
    /// @param peak where the peak lies
    public record Stage(
            int stage,
            double capacityBytes,
            double allocatedBytes,
            double reservedBytes,
            double deviceBytes,
            Map<MemoryCategory, Double> byCategory,
            Peak peak) {
        public Stage {
            if (!(capacityBytes > 0)) {
                throw new IllegalArgumentException("stage " + stage + " has a capacity of " + capacityBytes);
            }
            byCategory = Collections.unmodifiableMap(new LinkedHashMap<>(byCategory));
        }
    }

    /// Where a stage's memory is highest.
    ///
    /// @param instruction name of what runs then: a pass, or in more detail a kernel
    /// @param microBatch that it belongs to, from 0
    /// @param part of the model: layer, head, embedding; empty where there is none to name
    /// @param atSeconds when that instruction begins, counted from the step's begin; absent where no time was simulated
    /// @param ofStep the same as a share of the step
    public record Peak(
            String instruction, OptionalInt microBatch, String part, OptionalDouble atSeconds, OptionalDouble ofStep) {}

    /// A change of the strategy with which the job fits.
    ///
    /// @param changes in words, one or more at once
    /// @param gpus that it then takes
    /// @param stepSeconds time of a step then
    /// @param deviceBytes of the fullest stage then
    public record Remedy(List<String> changes, long gpus, double stepSeconds, double deviceBytes) {
        public Remedy {
            changes = List.copyOf(changes);
        }
    }

    /// The same with changes that would make it fit.
    public MemoryUse with(List<Remedy> remedies) {
        return new MemoryUse(byStage, remedies);
    }

    /// What a process can have of the memory of the fullest stage's accelerator.
    public double capacityBytes() {
        return fullest().capacityBytes();
    }

    /// Whether stages have accelerators with different memories.
    public boolean capacitiesDiffer() {
        return byStage.stream().mapToDouble(Stage::capacityBytes).distinct().count() > 1;
    }

    /// Bytes that the fullest stage needs beyond what there is; negative where it fits.
    public double overBytes() {
        return fullest().deviceBytes() - capacityBytes();
    }

    /// Whether it fits.
    public enum Verdict {
        FITS("fits"),
        TIGHT("tight"),
        DOES_NOT_FIT("does-not-fit");

        private final String key;

        Verdict(String key) {
            this.key = key;
        }

        /// Name in results.
        public String key() {
            return key;
        }
    }

    /// The stage that needs the largest share of its device; the first of equal ones.
    public Stage fullest() {
        Stage fullest = byStage.getFirst();
        for (Stage stage : byStage) {
            if (stage.deviceBytes() / stage.capacityBytes() > fullest.deviceBytes() / fullest.capacityBytes()) {
                fullest = stage;
            }
        }
        return fullest;
    }

    public Verdict verdict() {
        double share = fullest().deviceBytes() / capacityBytes();
        return share > 1 ? Verdict.DOES_NOT_FIT : share > TIGHT_SHARE ? Verdict.TIGHT : Verdict.FITS;
    }
}
