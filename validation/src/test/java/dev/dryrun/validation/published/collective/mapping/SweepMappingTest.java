// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepMappingTest {
    private static final CatalogConstants CONSTANTS = new CatalogConstants(new Catalog(List.of()));

    private static Sweep sweep(String system, String gpu, int nodes, int gpus, String collective, String algorithm) {
        var setup = new Setup(gpu, nodes, gpus, OptionalDouble.of(50e9), "rdma", Launch.MPI);
        return new Sweep(system, setup, collective, algorithm);
    }

    private static Benchmark benchmark(String gpu, int nodes, int gpus, String collective, String algorithm) {
        MappedSweep mapped = SweepMapping.map(sweep("any", gpu, nodes, gpus, collective, algorithm), CONSTANTS);
        return assertInstanceOf(MappedSweep.Simulable.class, mapped).benchmark();
    }

    private static String reason(Sweep sweep) {
        return assertInstanceOf(MappedSweep.Skipped.class, SweepMapping.map(sweep, CONSTANTS))
                .reason();
    }

    /// Bandwidths of data sheets; trays of a rack are one domain, of 72 GPUs at most.
    @ParameterizedTest
    @CsvSource({
        "A100-SXM4-40GB, 1, 8, 1, 8, nvlink3, 300, SWITCHED",
        "H100-SXM5-80GB, 2, 8, 2, 4, nvlink4, 450, SWITCHED",
        "B200-180GB, 2, 16, 2, 8, nvlink5, 900, SWITCHED",
        "GB200, 18, 72, 1, 72, nvlink5, 900, SWITCHED",
        "GB200, 360, 1440, 20, 72, nvlink5, 900, SWITCHED",
        "GH200-120GB, 2, 8, 2, 4, nvlink4, 150, MESH",
        "MI300X, 1, 2, 1, 8, xgmi3, 64, MESH",
        "MI355X, 1, 8, 1, 8, xgmi4, 76.5, MESH"
    })
    void linksFollowTheProduct(
            String gpu,
            int servers,
            int gpus,
            int domains,
            int perDomain,
            String link,
            double gb,
            DomainWiring wiring) {
        Benchmark benchmark = benchmark(gpu, servers, gpus, "all_reduce", "default");
        assertEquals(domains, benchmark.nodes());
        assertEquals(perDomain, benchmark.node().gpus());
        assertEquals(link, benchmark.node().link());
        assertEquals(gb * 1e9, benchmark.node().linkBytesPerSecond());
        assertEquals(wiring, benchmark.node().wiring());
        assertEquals(50e9, benchmark.node().nicBytesPerSecond());
        assertEquals(gpus, benchmark.gpus().size());
    }

    /// Boards that are neither: V100 up to eight on the cube mesh of DGX-1, cards on the bus, dies of MI250X.
    @ParameterizedTest
    @CsvSource({
        "V100-SXM2-32GB, 8, dgx-1v",
        "V100-SXM3-32GB, 16, dgx-2",
        "MI250X (GCD), 8, frontier",
        "RTX 4090, 8, box-8x-rtx-4090",
        "A100-PCIe-80GB, 4, box-4x-a100-pcie",
        "'A100 PCIe, bridged in pairs', 4, box-4x-a100-pcie",
        "H100 PCIe, 8, box-8x-h100-pcie",
        "NVIDIA A40, 2, box-4x-l40s"
    })
    void otherServersAreThoseOfTheCatalog(String gpu, int gpus, String node) {
        Benchmark benchmark = benchmark(gpu, 1, gpus, "all_reduce", "default");
        assertEquals(node, benchmark.node().name());
        assertEquals(gpus, benchmark.gpus().size());
        assertTrue(benchmark.timing(CONSTANTS).seconds(1e6) > 0);
        assertEquals(
                50e9 * benchmark.node().gpus(),
                benchmark.node().nics() * benchmark.node().nicBytesPerSecond(),
                1);
    }

    /// Bridges join two cards only.
    @Test
    void aBridgedPairIsOneDomain() {
        assertEquals(
                "nvlink3",
                benchmark("A100 PCIe, bridged in pairs", 1, 2, "all_reduce", "default")
                        .node()
                        .link());
    }

    @ParameterizedTest
    @CsvSource({
        "rdma, rdma",
        "efa-v1, efa-v1",
        "EFA v4, efa",
        "RoCE, rdma",
        "InfiniBand HDR, rdma",
        "tcpx, tcpxo",
        "sockets, tcp",
        "IB, rdma",
        "default, default",
        "enabled, enabled",
        "gVNIC, tcp",
        "Slingshot-10, slingshot",
        "pigeon, pigeon"
    })
    void networksOfOneTransportAreOneClass(String word, String networkClass) {
        assertEquals(networkClass, NetworkWords.classOf(word, CONSTANTS));
    }

    @Test
    void idleGpusOfAMeshStay() {
        assertEquals(
                List.of(0, 1, 8, 9),
                benchmark("MI300X", 2, 4, "all_reduce", "default").gpus());
    }

    /// In a ring of messages the one between nodes is the slowest.
    @Test
    void sendAndReceiveCrossesTheNetworkWhereThereIsOne() {
        assertEquals(
                List.of(7, 8), benchmark("B200", 2, 16, "sendrecv", "default").gpus());
        assertEquals(
                List.of(0, 1), benchmark("B200", 1, 8, "sendrecv", "default").gpus());
    }

    @ParameterizedTest
    @CsvSource({
        "default, ''",
        "'RING/LL <=1MiB, NVLS/Simple >=2MiB (NCCL 2.27.7)', ''",
        "default (NVLS at large sizes inferred), ''",
        "NCCL_ALGO=Ring, ring",
        "Ring (NVLS disabled), ring",
        "before: RING SIMPLE 64ch, ring",
        "after: TREE SIMPLE 64ch, tree",
        "NCCL_ALGO=nvlstree, nvls-tree",
        "NVLS, nvls"
    })
    void algorithmsFollowTheWords(String words, String allowed) {
        List<String> names = AlgorithmWords.allowed(words).algorithms();
        assertEquals(allowed, String.join(" ", names));
    }

    @Test
    void theNameOfASystemChangesNothing() {
        Sweep one = sweep("AWS p5", "H100", 2, 16, "all_gather", "default");
        Sweep other = sweep("my box", "H100", 2, 16, "all_gather", "default");
        assertEquals(SweepMapping.map(one, CONSTANTS), SweepMapping.map(other, CONSTANTS));
        assertEquals(
                CollectiveKind.ALL_GATHER,
                benchmark("H100", 2, 16, "all_gather", "default").kind());
    }

    @Test
    void whatCannotBeSimulatedHasAReason() {
        assertTrue(reason(sweep("any", "MI250X (GCD)", 1, 16, "all_reduce", "")).contains("MI250X"));
        assertTrue(reason(sweep("any", "H100", 1, 8, "gather", "")).contains("gather"));
        assertTrue(reason(sweep("any", "A100 PCIe, bridged in pairs", 1, 16, "all_reduce", ""))
                .contains("PCIe"));
        assertTrue(reason(sweep("any", "H100", 1, 1, "all_reduce", "")).contains("1 GPUs"));
        var silent = new Setup("H100", 2, 16, OptionalDouble.empty(), "", Launch.MPI);
        assertTrue(reason(new Sweep("any", silent, "all_reduce", "")).contains("does not say"));
        var strange = new Setup("H100", 2, 16, OptionalDouble.of(50e9), "pigeon", Launch.MPI);
        assertTrue(reason(new Sweep("any", strange, "all_reduce", "")).contains("pigeon"));
    }

    /// The host's cost belongs to the benchmark: 16 us on every size, and on no simulated step.
    @Test
    void theHostsCostIsAdded() {
        var mpi = new Setup("A100", 1, 8, OptionalDouble.empty(), "", Launch.MPI);
        var one = new Setup("A100", 1, 8, OptionalDouble.empty(), "", Launch.ONE_PROCESS);
        for (double bytes : new double[] {8, 1e6, 1e10}) {
            double difference = seconds(one, bytes) - seconds(mpi, bytes);
            assertEquals(16e-6, difference, 1e-12);
        }
    }

    private static double seconds(Setup setup, double bytes) {
        MappedSweep mapped = SweepMapping.map(new Sweep("any", setup, "all_reduce", ""), CONSTANTS);
        return assertInstanceOf(MappedSweep.Simulable.class, mapped)
                .benchmark()
                .timing(CONSTANTS)
                .seconds(bytes);
    }
}
