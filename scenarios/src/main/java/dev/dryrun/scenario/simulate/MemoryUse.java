// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Memory of the ranks at their peak, by pipeline stage.
///
/// @param capacityBytes what a process can have of the accelerator's memory
/// @param byStage one entry per stage, from the first
/// @param byCategory allocated bytes of the fullest stage by what they hold
public record MemoryUse(double capacityBytes, List<Stage> byStage, Map<String, Double> byCategory) {
    /// Above this share of the capacity a job may fail on a driver's or an allocator's whim.
    private static final double TIGHT_SHARE = 0.95;

    public MemoryUse {
        byStage = List.copyOf(byStage);
        byCategory = Collections.unmodifiableMap(new LinkedHashMap<>(byCategory));
        if (byStage.isEmpty() || !(capacityBytes > 0)) {
            throw new IllegalArgumentException("memory of " + byStage.size() + " stages, capacity " + capacityBytes);
        }
    }

    /// Memory of a rank of one stage.
    ///
    /// @param stage number from 0
    /// @param allocatedBytes by tensors
    /// @param reservedBytes by the framework's allocator
    /// @param deviceBytes on the device, context and libraries included
    public record Stage(int stage, double allocatedBytes, double reservedBytes, double deviceBytes) {}

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

    /// The stage that needs most of the device; the first of equal ones.
    public Stage fullest() {
        Stage fullest = byStage.getFirst();
        for (Stage stage : byStage) {
            if (stage.deviceBytes() > fullest.deviceBytes()) {
                fullest = stage;
            }
        }
        return fullest;
    }

    public Verdict verdict() {
        double share = fullest().deviceBytes() / capacityBytes;
        return share > 1 ? Verdict.DOES_NOT_FIT : share > TIGHT_SHARE ? Verdict.TIGHT : Verdict.FITS;
    }
}
