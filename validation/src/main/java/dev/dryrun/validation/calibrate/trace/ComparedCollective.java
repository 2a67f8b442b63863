// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.validation.trace.TracedCollective;
import dev.dryrun.validation.trace.TracedShapes.Timed;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A collective of traces beside its prediction.
///
/// What a kernel of a collective takes includes its wait for the slowest rank. The lower quartile has less of that than
/// the median, and is what compares with the prediction.
///
/// @param predictedSeconds where nothing else uses the links; empty where it is not known
/// @param unknown why it is not known; empty where it is
record ComparedCollective(Timed<TracedCollective> timed, OptionalDouble predictedSeconds, String unknown) {
    static ComparedCollective predicted(Timed<TracedCollective> timed, double seconds) {
        return new ComparedCollective(timed, OptionalDouble.of(seconds), "");
    }

    static ComparedCollective unknown(Timed<TracedCollective> timed, String why) {
        return new ComparedCollective(timed, OptionalDouble.empty(), why);
    }

    /// Those that took most time first.
    ///
    /// @param node that the ranks ran on; null where it was not said
    static List<ComparedCollective> of(List<Timed<TracedCollective>> collectives, @Nullable NodeCollectives node) {
        return collectives.stream()
                .map(timed -> node == null ? unknown(timed, "--node NAME tells") : node.compare(timed))
                .sorted(Comparator.comparingDouble(
                        (ComparedCollective one) -> -one.timed().totalSeconds()))
                .toList();
    }
}
