// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every node of the catalog can be simulated, on every fabric.
class CatalogNodesTest {
    private static final Catalog CATALOG = new Catalog(List.of());

    /// The batch is one that the number of replicas divides, up to the largest pod's 256.
    private static StepResult simulate(String node, String fabric) {
        int batch = node(node).gpus() < 144 ? 576 : 256;
        String precision = node(node).wiring().name().startsWith("TORUS") ? "bf16" : "fp16";
        String scenario = """
            model: gpt3-1.3b
            cluster: {node: %s, nodes: 2, fabric: %s}
            training: {sequence_length: 1024, global_batch: %d, precision: %s}
            strategy: {tensor: 2}
            stack: megatron-2022
            """.formatted(node, fabric, batch, precision);
        var options = new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "test");
        return new StepSimulation(new ScenarioReader(CATALOG).read("job.yaml", scenario), options).run();
    }

    private static NodeType node(String name) {
        var document = CATALOG.find("nodes", name, new Problems());
        assertNotNull(document, name);
        return NodeType.read(name, document.root());
    }

    static List<String> nodes() {
        return CATALOG.names("nodes");
    }

    static Stream<String> networks() {
        return CATALOG.names("fabrics").stream()
                .filter(name -> !List.of("single-node", "infiniband-sharp").contains(name));
    }

    /// No step is shorter than its operations at the peak.
    @ParameterizedTest
    @MethodSource("nodes")
    void aStepTakesLongerThanItsOperationsAtThePeak(String name) {
        StepResult result = simulate(name, "fat-tree");
        assertTrue(result.stepSeconds() > 0, name);
        assertTrue(result.flops().mfu() > 0.01 && result.flops().mfu() < 1, () -> name + " " + result.flops());
    }

    /// The bulk protocol, in which large gradients are reduced, has its lowest latency and highest share on RDMA, but
    /// where switches add up.
    @ParameterizedTest
    @MethodSource("networks")
    void noFabricReducesGradientsQuickerThanRdmaOnRails(String fabric) {
        double plain = simulate("hgx-h100", "rail-optimised").stepSeconds();
        assertTrue(simulate("hgx-h100", fabric).stepSeconds() >= 0.999 * plain, fabric);
    }

    @ParameterizedTest
    @CsvSource({
        "dgx-b300, b300-sxm-288gb, b200-sxm-180gb",
        "mi355x-platform, mi355x, mi300x",
        "gaudi3-node, gaudi3, h100-sxm-80gb",
        "box-4x-l40s, l40s, h100-sxm-80gb"
    })
    void whoInheritsIsUncalibrated(String node, String accelerator, String relative) {
        List<String> uncalibrated = simulate(node, "fat-tree").uncalibrated();
        assertEquals(1, uncalibrated.size(), uncalibrated.toString());
        assertTrue(uncalibrated.getFirst().startsWith("accelerator " + accelerator), uncalibrated.toString());
        assertTrue(uncalibrated.getFirst().endsWith(" taken over from " + relative), uncalibrated.toString());
    }

    @ParameterizedTest
    @CsvSource({"hgx-h200", "dgx-b200", "box-4x-a100-pcie", "alps"})
    void whoWasFittedIsNot(String node) {
        assertEquals(List.of(), simulate(node, "fat-tree").uncalibrated());
    }
}
