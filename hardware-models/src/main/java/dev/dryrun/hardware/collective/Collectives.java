// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.flow.FlowRun;
import dev.dryrun.sim.sharing.Activity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The collectives of a library on a network: for a kind, a size and a group, the activity of the quickest
/// algorithm, or of the one that the library's own tuner takes for it.
///
/// Plans are made once for each group and kind and kept, so an activity costs no more than its few numbers. One
/// instance belongs to one thread.
public final class Collectives {
    private static final Activity NOTHING = Activity.of();

    private final Network network;
    private final NetworkClass networkClass;
    private final CollectiveLibrary library;
    private final Restriction restriction;
    private final List<CollectiveAlgorithm> offered;
    private final @Nullable Tuner tuner;
    private final Map<Key, Choice> choices = new HashMap<>();

    /// What there is to choose from, and by which table; without one by the plans themselves.
    private record Choice(List<CollectivePlan> plans, Tuner.@Nullable Table table) {}

    private record Key(CollectiveKind kind, int[] gpus) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && kind == that.kind && Arrays.equals(gpus, that.gpus);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(gpus) + kind.name().hashCode();
        }
    }

    /// With the library that the project's catalog names for the node.
    public Collectives(Cluster cluster, NetworkTuning tuning) {
        this(cluster.network(), CollectiveLibrary.named(cluster.node().library()), tuning);
    }

    public Collectives(Network network, CollectiveLibrary library, NetworkTuning tuning) {
        this(network, tuning.applyTo(network.cluster().fabric().network()), library);
    }

    /// Among GPUs of some types of nodes, behind the slowest of which all of them are.
    Collectives(Network network, CollectiveLibrary library, NetworkTuning tuning, List<NodeType> nodes) {
        this(
                network,
                behind(nodes, tuning.applyTo(network.cluster().fabric().network())),
                library,
                Restriction.NONE,
                null);
    }

    private static NetworkClass behind(List<NodeType> nodes, NetworkClass networkClass) {
        NetworkClass behind = networkClass;
        for (NodeType node : nodes) {
            behind = behind.behind(node);
        }
        return behind;
    }

    /// With another class of network than the fabric of the cluster names.
    public Collectives(Network network, NetworkClass networkClass, CollectiveLibrary library) {
        this(network, networkClass.behind(network.cluster().node()), library, Restriction.NONE, null);
    }

    private Collectives(
            Network network,
            NetworkClass networkClass,
            CollectiveLibrary library,
            Restriction restriction,
            @Nullable Tuner tuner) {
        this.network = network;
        this.networkClass = networkClass;
        this.library = library;
        this.restriction = restriction;
        this.tuner = tuner;
        offered = CollectiveAlgorithms.ALL.stream().filter(restriction::leaves).toList();
    }

    /// The same library restricted to some algorithms and protocols, as an old release or a setting does.
    public Collectives restrictedTo(Restriction other) {
        return new Collectives(network, networkClass, library, other, tuner);
    }

    /// The same library where a tuner chooses: what its table takes for the quickest runs, and takes the time of its
    /// plan. What the table does not know, as messages, is chosen as without.
    public Collectives tunedBy(Tuner other) {
        if (!other.library().equals(library.name())) {
            throw new IllegalArgumentException("tuner is " + other.name() + ", but the library here is \""
                    + library.name() + "\", which it is not of");
        }
        return new Collectives(network, networkClass, library, restriction, other);
    }

    /// Name of the library.
    public String library() {
        return library.name();
    }

    public Network network() {
        return network;
    }

    /// The collective as the engine runs it; nothing at all for a single GPU.
    ///
    /// @param bytes as [CollectiveKind] says
    /// @param gpus in the order of ranks; a broadcast starts at the first, a message goes from it to the second
    public Activity activity(CollectiveKind kind, double bytes, int[] gpus) {
        return gpus.length == 1 ? NOTHING : chosen(kind, bytes, gpus).activity(kind.hasBytes() ? bytes : 0);
    }

    /// Its duration where nothing else uses the links.
    public double aloneSeconds(CollectiveKind kind, double bytes, int[] gpus) {
        return gpus.length == 1 ? 0 : chosen(kind, bytes, gpus).seconds(kind.hasBytes() ? bytes : 0);
    }

    /// The plan that runs: the quickest alone, or the tuner's.
    public CollectivePlan chosen(CollectiveKind kind, double bytes, int[] gpus) {
        requireBytes(bytes);
        if (!kind.hasBytes()) {
            return chosen(CollectiveKind.ALL_REDUCE, 0, gpus);
        }
        Choice choice = choice(kind, gpus);
        CollectivePlan tuned = choice.table() == null ? null : byTable(choice.plans(), choice.table(), bytes);
        return tuned == null ? quickest(kind, bytes, gpus) : tuned;
    }

    private static void requireBytes(double bytes) {
        if (!(bytes >= 0) || Double.isInfinite(bytes)) {
            throw new IllegalArgumentException("bytes is " + bytes + "; it must be finite and not negative");
        }
    }

    /// Null where the table knows none of the plans.
    private static @Nullable CollectivePlan byTable(List<CollectivePlan> plans, Tuner.Table table, double bytes) {
        CollectivePlan best = null;
        double least = Double.POSITIVE_INFINITY;
        for (CollectivePlan plan : plans) {
            double seconds =
                    table.seconds(plan.algorithm(), plan.protocol(), bytes).orElse(Double.POSITIVE_INFINITY);
            if (seconds < least) {
                best = plan;
                least = seconds;
            }
        }
        return best;
    }

    /// Its duration where nothing else uses the links, in a grain.
    public double aloneSeconds(Grain grain, CollectiveKind kind, double bytes, int[] gpus) {
        return switch (grain) {
            case FLUID -> aloneSeconds(kind, bytes, gpus);
            case CHUNKED -> chunkedSeconds(kind, bytes, gpus);
        };
    }

    /// The plan that is the quickest alone.
    public CollectivePlan quickest(CollectiveKind kind, double bytes, int[] gpus) {
        requireBytes(bytes);
        if (!kind.hasBytes()) {
            return quickest(CollectiveKind.ALL_REDUCE, 0, gpus);
        }
        List<CollectivePlan> candidates = plansOf(kind, gpus);
        CollectivePlan best = candidates.getFirst();
        for (CollectivePlan plan : candidates) {
            if (plan.seconds(bytes) < best.seconds(bytes)) {
                best = plan;
            }
        }
        return best;
    }

    /// An all-to-all whose ranks have different amounts for each other, as the experts of a mixture do.
    ///
    /// @param shares of as many ranks as there are GPUs; the bytes of the plan are the mean buffer of a rank
    public CollectivePlan exchange(ExchangeShares shares, int[] gpus) {
        if (shares.ranks() != gpus.length) {
            throw new IllegalArgumentException(
                    "shares of " + shares.ranks() + " ranks for " + gpus.length + " GPUs; one must have one");
        }
        return new DirectAllToAll().plan(new Group(network, networkClass, library, gpus), shares);
    }

    /// The collective chunk by chunk, in the way that is chosen as a whole; null where that way is known as a
    /// whole only, as low-latency protocols are.
    public @Nullable FlowPlan chunks(CollectiveKind kind, double bytes, int[] gpus) {
        if (!kind.hasBytes()) {
            return chunks(CollectiveKind.ALL_REDUCE, 0, gpus);
        }
        CollectivePlan fluid = chosen(kind, bytes, gpus);
        var group = new Group(network, networkClass, library, gpus);
        for (CollectiveAlgorithm algorithm : offered) {
            boolean chosen = algorithm.name().equals(fluid.algorithm()) && algorithm.protocol() == fluid.protocol();
            if (chosen && algorithm.offers(kind, group)) {
                return algorithm.chunks(kind, group, fluid, bytes);
            }
        }
        throw new IllegalStateException("no algorithm " + fluid.choice());
    }

    /// Its duration chunk by chunk where nothing else uses the links; of what is known as a whole only, as a whole.
    public double chunkedSeconds(CollectiveKind kind, double bytes, int[] gpus) {
        FlowPlan chunks = gpus.length == 1 ? null : chunks(kind, bytes, gpus);
        return chunks == null
                ? aloneSeconds(kind, bytes, gpus)
                : FlowRun.endNanos(chunks, network.capacityBytesPerSecond()) * 1e-9;
    }

    /// Whether any algorithm is left for a collective over a group.
    public boolean serves(CollectiveKind kind, int[] gpus) {
        var group = new Group(network, networkClass, library, gpus);
        return offered.stream().anyMatch(algorithm -> algorithm.offers(kind, group));
    }

    /// What the library may choose from, in order of preference; never empty.
    public List<CollectivePlan> plansOf(CollectiveKind kind, int[] gpus) {
        return choice(kind, gpus).plans();
    }

    private Choice choice(CollectiveKind kind, int[] gpus) {
        Choice known = choices.get(new Key(kind, gpus));
        if (known != null) {
            return known;
        }
        var group = new Group(network, networkClass, library, gpus);
        if (group.ranks() < 2) {
            throw new IllegalArgumentException("a group has " + group.ranks() + " ranks; a plan needs at least 2");
        }
        List<CollectiveAlgorithm> possible = offered.stream()
                .filter(algorithm -> algorithm.offers(kind, group))
                .toList();
        List<CollectivePlan> made = new ArrayList<>();
        for (CollectiveAlgorithm algorithm : possible) {
            if (tuner != null || possible.stream().noneMatch(other -> other.supersedes(algorithm))) {
                made.add(algorithm.plan(kind, group));
            }
        }
        if (made.isEmpty()) {
            throw new IllegalArgumentException("no algorithm left for " + Entry.kebab(kind) + " over " + group.ranks()
                    + " GPUs; force fewer things");
        }
        var choice = new Choice(List.copyOf(made), tuner == null ? null : tuner.table(kind, group));
        choices.put(new Key(kind, gpus.clone()), choice);
        return choice;
    }
}
