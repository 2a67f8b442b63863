// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.trace.TracedCollective;
import dev.dryrun.validation.trace.TracedShapes.Timed;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What collectives of a trace take inside one node of the catalog, alone.
///
/// Ranks are numbered node by node. A group over several nodes is left out: what joins them is no part of a trace.
final class NodeCollectives {
    private final Collectives collectives;
    private final int gpus;
    private final int jobRanks;

    /// @param node one of it, with its library
    /// @param stack whose library chooses as it says; null where it was not said
    /// @param jobRanks of the job; 1 where the traces do not say
    NodeCollectives(ClusterAlone node, @Nullable Stack stack, int jobRanks) {
        boolean inSwitches = stack == null || stack.inSwitchReduction();
        CollectiveLibrary library = inSwitches ? node.library() : node.library().withoutInSwitchReduction();
        var quickest = new Collectives(node.cluster().network(), library, NetworkTuning.NONE);
        collectives = Optional.ofNullable(stack)
                .flatMap(one -> Tuners.byName(one.tuner()))
                .filter(tuner -> tuner.library().equals(quickest.library()))
                .map(quickest::tunedBy)
                .orElse(quickest);
        gpus = node.cluster().gpus();
        this.jobRanks = jobRanks;
    }

    ComparedCollective compare(Timed<TracedCollective> timed) {
        TracedCollective one = timed.shape();
        Optional<CollectiveKind> kind = TracedKind.of(one.kind());
        if (kind.isEmpty()) {
            return ComparedCollective.unknown(timed, "no model of it");
        }
        List<Integer> ranks = one.ranks().stream().distinct().toList();
        long nodes = ranks.stream().map(rank -> rank / gpus).distinct().count();
        if (one.groupSize() > gpus || nodes > 1) {
            return ComparedCollective.unknown(timed, "spans nodes");
        }
        boolean told = ranks.size() == one.groupSize();
        boolean jobInOne = jobRanks > 1 && jobRanks <= gpus;
        if (!told && !jobInOne) {
            return ComparedCollective.unknown(timed, "no ranks in the trace");
        }
        int[] members = told
                ? ranks.stream().mapToInt(rank -> rank % gpus).toArray()
                : IntStream.range(0, one.groupSize()).toArray();
        int[] taking = kind.get() == CollectiveKind.SEND_RECV ? new int[] {members[0], members[1]} : members;
        return collectives.serves(kind.get(), taking)
                ? ComparedCollective.predicted(timed, collectives.aloneSeconds(kind.get(), one.bytes(), taking))
                : ComparedCollective.unknown(timed, "no model of it");
    }
}
