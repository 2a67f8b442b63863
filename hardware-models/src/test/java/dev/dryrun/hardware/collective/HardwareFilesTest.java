// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The machines that the project brings along.
class HardwareFilesTest {
    private final Catalog catalog = new Catalog(List.of());

    private Entry entry(String kind, String name, Problems problems) {
        return Objects.requireNonNull(catalog.find(kind, name, problems)).root();
    }

    @Test
    void nodesFabricsAndLibrariesReadWithoutAProblem() {
        var problems = new Problems();
        for (String name : catalog.names("fabrics")) {
            Fabric.read(name, entry("fabrics", name, problems));
        }
        for (String name : catalog.names("nodes")) {
            NodeType node = NodeType.read(name, entry("nodes", name, problems));
            assertTrue(catalog.names("accelerators").contains(node.accelerator()), name + ": " + node.accelerator());
            CollectiveLibrary library =
                    CollectiveLibrary.read(node.library(), entry("libraries", node.library(), problems));
            assertTrue(library.links().containsKey(node.link()), name + ": " + node.link());
        }
        assertEquals(List.of(), problems.all());
    }

    @Test
    void theIndexListsTheFolder() throws IOException {
        Path folder = Path.of("src/main/resources/dev/dryrun/catalog");
        try (Stream<Path> files = Files.walk(folder, 2)) {
            List<String> expected = files.filter(Files::isRegularFile)
                    .map(f -> folder.relativize(f).toString().replace('\\', '/'))
                    .filter(f -> !f.equals("index.txt"))
                    .sorted()
                    .toList();
            assertEquals(expected, Files.readAllLines(folder.resolve("index.txt")));
        }
    }

    @Test
    void aWrongNodeSaysWhatIsWrong() {
        var problems = new Problems();
        String text = """
            accelerator: x
            library: nccl
            gpus: 8
            wiring: switchd
            link: nvlink3
            link_bandwidth: 300
            nics: 3
            """;
        NodeType.read("box", Document.read("box.yaml", text, problems).root());
        assertEquals(3, problems.count(), problems.all().toString());
    }
}
