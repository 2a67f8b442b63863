// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int train(String... lines) {
        return Training.run(
                List.of(lines),
                new Output(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false));
    }

    @Test
    void runsEachLineThatIsNeitherEmptyNorAComment() {
        int code = train("# the version, twice", "--version", "", "  --version  ");
        String version = Run.of("--version").out();
        assertEquals(version + version, out.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(0, code);
    }

    @Test
    void stopsAtTheFirstCommandThatFailsAndNamesIt() {
        int code = train("catalog nodes  dgx-b52", "--version");
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertEquals(
                Run.of("catalog", "nodes", "dgx-b52").err()
                        + "\"dryrun catalog nodes  dgx-b52\" ended with exit code 2\n",
                err.toString(StandardCharsets.UTF_8));
        assertEquals(2, code);
    }
}
