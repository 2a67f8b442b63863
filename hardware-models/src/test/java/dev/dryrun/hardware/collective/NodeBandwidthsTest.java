// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.NodeType;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a node's file says of links and interfaces adds up to what the accelerator's file and the source say.
class NodeBandwidthsTest {
    private static final Catalog CATALOG = new Catalog(List.of());

    static List<String> names() {
        return CATALOG.names("nodes");
    }

    private static Entry entry(String kind, String name) {
        return Objects.requireNonNull(CATALOG.find(kind, name, new Problems())).root();
    }

    private static boolean onPcie(NodeType node) {
        return node.link().startsWith("pcie");
    }

    @ParameterizedTest
    @MethodSource("names")
    void theLinksOfAGpuAreThoseOfItsSheet(String name) {
        NodeType node = NodeType.read(name, entry("nodes", name));
        if (onPcie(node)) {
            assertEquals(node.pcieBytesPerSecond(), node.linkBytesPerSecond(), name);
            return;
        }
        Entry accelerator = entry("accelerators", node.accelerator());
        assertEquals(accelerator.child("scale_up").text("link"), node.link(), name);
        double sheet = Accelerator.read(accelerator)
                .figures()
                .get("scale_up/bandwidth")
                .value();
        assertEquals(sheet, node.gpuBytesPerSecond(), 1e-9 * sheet, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aLinkIsAWholeNumberOfLanesOfTheSheet(String name) {
        NodeType node = NodeType.read(name, entry("nodes", name));
        if (!onPcie(node)) {
            double lane = Accelerator.read(entry("accelerators", node.accelerator()))
                    .figures()
                    .get("scale_up/per_link")
                    .value();
            double lanes = node.linkBytesPerSecond() / lane;
            assertEquals(Math.rint(lanes), lanes, 1e-9, name);
        }
    }

    /// Boxes have no source that adds their interfaces up.
    @ParameterizedTest
    @MethodSource("names")
    void theInterfacesAddUp(String name) {
        Entry entry = entry("nodes", name);
        NodeType node = NodeType.read(name, entry);
        assertEquals(!name.startsWith("box-"), entry.has("network_bandwidth"), name);
        double interfaces = node.nics() * node.nicBytesPerSecond();
        double stated = entry.has("network_bandwidth")
                ? entry.figure("network_bandwidth", Unit.BYTES_PER_SECOND).value()
                : interfaces;
        assertEquals(stated, interfaces, 1e-9 * stated, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void noInterfaceIsFasterThanThePortItHangsOn(String name) {
        NodeType node = NodeType.read(name, entry("nodes", name));
        assertTrue(
                node.nicBytesPerSecond() <= node.pcieBytesPerSecond() * Math.max(1, node.gpus() / node.nics()), name);
    }
}
