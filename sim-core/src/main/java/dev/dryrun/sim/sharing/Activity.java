// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import dev.dryrun.sim.units.SimTime;
import java.util.List;

/// Something that takes time: phases one after the other. A message and a collective are activities alike.
public record Activity(List<Phase> phases) {
    public Activity {
        phases = List.copyOf(phases);
    }

    public static Activity of(Phase... phases) {
        return new Activity(List.of(phases));
    }

    /// Duration where nothing else uses the resources, each phase rounded to ticks as the engine does it.
    public long aloneNanos(double[] capacityPerSecond) {
        long nanos = 0;
        for (Phase phase : phases) {
            double workSeconds = phase.aloneSeconds(capacityPerSecond) - phase.latencyNanos() * 1e-9;
            nanos += phase.latencyNanos() + SimTime.toNanos(Math.max(0, workSeconds));
        }
        return nanos;
    }

    /// The same as if nothing else ever used the resources.
    public Activity alone(double[] capacityPerSecond) {
        return new Activity(
                phases.stream().map(phase -> phase.alone(capacityPerSecond)).toList());
    }

    /// The same without the latencies of its phases.
    public Activity withoutLatency() {
        return new Activity(phases.stream().map(Phase::withoutLatency).toList());
    }
}
