// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.bench;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.collective.Protocol;
import dev.dryrun.hardware.collective.Restriction;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A ring all-reduce over 1,024 nodes behind leaves and spines, from the description of the cluster to its duration:
/// network, routes and 2.1 million sends.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ChunkedNetworkBenchmark {
    private static final int NODES = 1024;
    private static final int NODES_PER_LEAF = 16;
    private static final double BYTES = 1 << 30;

    private final Cluster cluster = cluster();
    private final CollectiveLibrary library = CollectiveLibrary.named("nccl");

    private static Cluster cluster() {
        var node = new NodeType("n", "n", "a", "nccl", 1, DomainWiring.SWITCHED, "nvlink4", 450e9, 1, 50e9, 63e9);
        var rdma = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);
        return new Cluster(
                node, NODES, new Fabric("f", FabricShape.Clos.leafSpine(false, NODES_PER_LEAF, 2), 1e-7, 6e-7, rdma));
    }

    @Benchmark
    public double simulate() {
        return new Collectives(cluster.network(), library, NetworkTuning.NONE)
                .restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE))
                .chunkedSeconds(
                        CollectiveKind.ALL_REDUCE,
                        BYTES,
                        IntStream.range(0, NODES).toArray());
    }
}
