// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTypeTest {
    private static final String NODE = """
        accelerator: tpu-v5e
        gpus: 256
        wiring: torus-2d
        shape: 16x16
        link: ici-v5e
        link_bandwidth: 50 GB/s
        nics: 64
        nic_bandwidth: 100 Gb/s
        pcie_bandwidth: 16 GB/s
        """;

    private final Problems problems = new Problems();

    private NodeType read(String text) {
        return NodeType.read("pod", Document.read("pod.yaml", text, problems).root());
    }

    /// Trays of a rack keep their interfaces, and a GPU its links and its share of them.
    @Test
    void aPartOfARackIsASmallerRack() {
        NodeType rack =
                new NodeType("r", "R", "gpu", "nccl", 72, DomainWiring.SWITCHED, "nvlink5", 9e11, 36, 5e10, 6e10);
        NodeType part = rack.withGpus(64);
        assertEquals(64, part.gpus());
        assertEquals(32, part.nics());
        assertEquals(rack.gpuBytesPerSecond(), part.gpuBytesPerSecond());
        assertEquals(rack.firstNicOf(63), part.firstNicOf(63));
        assertEquals(rack, rack.withGpus(72));
    }

    /// A mesh has other links when it is smaller; 3 GPUs of 36 interfaces for 72 would share one and a half.
    @ParameterizedTest
    @CsvSource({"MESH, 4", "SWITCHED, 3", "SWITCHED, 73"})
    void whatIsNoPartOfANode(DomainWiring wiring, int gpus) {
        NodeType rack = new NodeType("r", "R", "gpu", "nccl", 72, wiring, "nvlink5", 9e11, 36, 5e10, 6e10);
        assertThrows(IllegalArgumentException.class, () -> rack.withGpus(gpus));
    }

    @Test
    void aTorusHasTwoLinksAnAxis() {
        assertEquals(4 * 50e9, read(NODE).gpuBytesPerSecond());
        String cube = NODE.replace("2d", "3d").replace("16x16", "4x4x16");
        assertEquals(6 * 50e9, read(cube).gpuBytesPerSecond());
        assertEquals(0, problems.count(), problems.all().toString());
    }

    @ParameterizedTest
    @CsvSource({"16x8", "4x4x16", "256", "16 by 16", "0x256", "9999x9999x9999x9999"})
    void aShapeHasTheGpusOfTheNode(String shape) {
        read(NODE.replace("16x16", shape));
        assertEquals(1, problems.count(), problems.all().toString());
        assertTrue(
                problems.all()
                        .getFirst()
                        .message()
                        .endsWith("but must be 2 lengths whose product is the 256 GPUs of the node."),
                problems.all().toString());
    }

    @Test
    void onlyATorusHasAShape() {
        read(NODE.replace("torus-2d", "switched").replace("gpus: 256", "gpus: 256\nlibrary: nccl"));
        assertEquals(1, problems.count(), problems.all().toString());
        assertTrue(
                problems.all().getFirst().message().contains("shape"),
                problems.all().toString());
    }

    @ParameterizedTest
    @CsvSource({"xz", "z", "w", "xyx"})
    void closedAxesAreAxesOfTheTorus(String closed) {
        read(NODE.replace("16x16", "16x16\nclosed: " + closed));
        assertEquals(1, problems.count(), problems.all().toString());
        assertTrue(problems.all().getFirst().message().endsWith("must name axes, out of xy. Maybe xy."));
    }

    @Test
    void axesAreClosedOneByOne() {
        GridShape grid = read(NODE.replace("16x16", "8x32\nclosed: y")).grid();
        assertEquals(List.of(new GridShape.Axis(8, false), new GridShape.Axis(32, true)), grid.axes());
    }
}
