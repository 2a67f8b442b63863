// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.units.SimTime;
import org.jspecify.annotations.Nullable;

/// How one algorithm does one collective over one group, for any number of bytes S.
///
///     T(S) = latency + min(S, fillBytes) / fillRate + S / mainRate
///
/// The fill is the time until the stages of a pipeline overlap; the second term is 0 where there is none.
///
/// @param algorithm its name
/// @param protocol in which it runs
public record CollectivePlan(
        String algorithm,
        Protocol protocol,
        double latencySeconds,
        Stage main,
        @Nullable Stage fill,
        double fillBytes) {
    static CollectivePlan of(CollectiveAlgorithm algorithm, double latencySeconds, Stage main) {
        return new CollectivePlan(algorithm.name(), algorithm.protocol(), latencySeconds, main, null, 0);
    }

    CollectivePlan filledBy(Stage stage, double bytes) {
        return new CollectivePlan(algorithm, protocol, latencySeconds, main, stage, bytes);
    }

    /// Algorithm and protocol in words: `ring ll128`.
    public String choice() {
        return algorithm + ' ' + protocol.key();
    }

    /// Duration where nothing else uses the links.
    public double seconds(double bytes) {
        double fillSeconds = fill == null ? 0 : Math.min(bytes, fillBytes) / fill.aloneBytesPerSecond();
        return latencySeconds + fillSeconds + bytes / main.aloneBytesPerSecond();
    }

    /// Part of it that is no work on the links of the main stage: latency and fill.
    double overheadSeconds(double bytes) {
        return seconds(bytes) - bytes / main.aloneBytesPerSecond();
    }

    /// The collective as the engine runs it.
    public Activity activity(double bytes) {
        long latencyNanos = SimTime.toNanos(latencySeconds);
        if (fill == null) {
            return Activity.of(phase(latencyNanos, bytes, main));
        }
        double filling = Math.min(bytes, fillBytes);
        if (fill.equals(main)) {
            return Activity.of(phase(latencyNanos, bytes + filling, main));
        }
        return Activity.of(phase(latencyNanos, filling, fill), phase(0, bytes, main));
    }

    private static Phase phase(long latencyNanos, double bytes, Stage stage) {
        return new Phase(latencyNanos, bytes, stage.footprint(), 1, stage.capBytesPerSecond());
    }
}
