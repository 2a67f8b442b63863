// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the page on networks tells people to do works.
class NetworkExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "network");
    private static final String SCENARIO = "gpt3-13b-imported-node.yaml";
    private static final Pattern STEP = Pattern.compile("\"step_time_s\": ([0-9.E-]+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "hgx-h100-nccl.xml, h100-sxm-80gb, wiring: switched",
        "dgx-1v-nvidia-smi.txt, v100-sxm-32gb, wiring: written",
        "mi300x-infragraph.yaml, mi300x, wiring: mesh",
        "four-machines.graphml, h100-sxm-80gb, nodes: 4"
    })
    void graphsAreImported(String file, String accelerator, String holds) {
        Run run = Run.of("network", "import", EXAMPLES.resolve(file).toString(), "--accelerator", accelerator);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains(holds), run.out());
    }

    /// A job on the imported machine takes as long as on the same machine of the catalog.
    @Test
    void aJobRunsOnAnImportedNode() throws Exception {
        String text = Files.readString(EXAMPLES.resolve(SCENARIO));
        String named = text.replace("{topology: hgx-h100-nccl.xml}", "hgx-h100");
        assertTrue(!named.equals(text), text);
        Path catalog = Files.writeString(folder.resolve("job.yaml"), named);
        double imported = step(EXAMPLES.resolve(SCENARIO));
        assertEquals(step(catalog), imported, 1e-9 * imported);
    }

    private static double step(Path scenario) {
        Run run = Run.of("simulate", scenario.toString(), "--json");
        assertEquals(0, run.exitCode(), run.err());
        Matcher matcher = STEP.matcher(run.out());
        assertTrue(matcher.find(), run.out());
        return Double.parseDouble(matcher.group(1));
    }

    /// Words beside the graph are told where they stand in the scenario.
    @ParameterizedTest
    @CsvSource({
        "accelerator: nonsense, 'job.yaml:6:52: cluster.node.accelerator is \"nonsense\", but no such accelerator'",
        "extends: hgx-h100, must not stand beside a topology",
        "accelerator: mi300x, 'gpu is with 18 links, but mi300x has 7'"
    })
    void whatStandsBesideAGraph(String beside, String told) throws Exception {
        String graph = "hgx-h100-nccl.xml";
        Files.copy(EXAMPLES.resolve(graph), folder.resolve(graph));
        String text = Files.readString(EXAMPLES.resolve(SCENARIO)).replace(graph, graph + ", " + beside);
        Run run = Run.of(
                "simulate", Files.writeString(folder.resolve("job.yaml"), text).toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains(told), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "nowhere.xml, 'topology is \"nowhere.xml\", but must be a file'",
        "four-machines.graphml, describes 4 machines and must describe one",
        "dgx-1v-nvidia-smi.txt, 'dgx-1v-nvidia-smi.txt:1:1: accelerator is missing'"
    })
    void graphsThatAScenarioCannotUse(String file, String told) throws Exception {
        Path graph = EXAMPLES.resolve(file);
        if (Files.exists(graph)) {
            Files.copy(graph, folder.resolve(file));
        }
        String text = Files.readString(EXAMPLES.resolve(SCENARIO)).replace("hgx-h100-nccl.xml", file);
        Run run = Run.of(
                "simulate", Files.writeString(folder.resolve("job.yaml"), text).toString());
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains(told), run.err());
    }
}
