// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is done to a graph file, a node comes of it or it is said what is wrong; and what comes of it is YAML.
class MutatedGraphsTest {
    private static final int FILES = 2000;
    private static final List<String> PIECES = List.of(
            "\"",
            "'",
            "<",
            ">",
            "/>",
            "</",
            "&",
            "&amp;",
            "<!--",
            "]]>",
            "<?",
            "=",
            " ",
            "\t",
            "\n",
            ":",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ",",
            "#",
            "X",
            "NV",
            "NV0",
            "NV18",
            "NV9999999999",
            "SYS",
            "PIX",
            "GPU0",
            "GPU9",
            "NIC0",
            "XGMI",
            "0",
            "-1",
            "1",
            "2",
            "7",
            "1e9",
            "99999999999999999999",
            "0.0000001",
            "NaN",
            "Infinity",
            "GB/s",
            "xpu",
            "xpu[0:9]",
            "[3:1]",
            "cpu",
            "many2many",
            "node-0-gpu-0",
            "\u0007",
            "\uffff",
            "\u00e4\u4e2d\ud83d\ude00");

    @ParameterizedTest
    @CsvSource({
        "nvidia-smi, nvidia-smi",
        "rocm-smi, rocm-smi",
        "nccl-xml, nccl",
        "graphml, graphml",
        "infragraph, infragraph"
    })
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void neverAnException(String format, String folder) throws Exception {
        List<Path> originals = Graphs.all(folder);
        assertTrue(originals.size() >= 4, originals.toString());
        int read = 0;
        for (int seed = 0; seed < FILES; seed++) {
            var random = new SplittableRandom(seed);
            Path original = originals.get(random.nextInt(originals.size()));
            String text = Files.readString(original);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                text = mutated(text, random);
            }
            var problems = new Problems();
            var source = new GraphSource(
                    "f", text, Graphs.acceleratorOf(original), OptionalDouble.empty(), Graphs.CATALOG, problems);
            GraphImport imported;
            try {
                imported = GraphImport.of(GraphFormats.byName(format), source, "mutated");
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + "\n" + text, e);
            }
            String what = "seed " + seed + "\n" + problems.all() + "\n" + text;
            assertTrue((imported == null) != problems.isEmpty(), what);
            if (imported != null) {
                read++;
                var again = new Problems();
                assertTrue(Document.read("i.yaml", imported.yaml(), again).readable(), what + imported.yaml());
                assertFalse(again.count() > 0, what + again.all());
            }
        }
        assertTrue(read > FILES / 20 && read < FILES, read + " were read");
    }

    private static String mutated(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return pick(random);
        }
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int cut = random.nextInt(line.length() + 1);
        switch (random.nextInt(8)) {
            case 0, 1 -> lines.set(at, line.substring(0, cut) + pick(random) + line.substring(cut));
            case 2 -> lines.remove(at);
            case 3 -> lines.add(random.nextInt(lines.size()), line);
            case 4 -> lines.set(at, line.substring(0, cut));
            case 5, 6 -> lines.set(at, line.replaceFirst("[0-9]+", pick(random).replace("\\", "")));
            default -> lines.set(at, line.substring(0, cut) + line.substring(Math.min(line.length(), cut + 1)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String pick(SplittableRandom random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}
