// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What the page of estimates prints is what the program prints: `-Dgolden=update` writes that of today.
class EstimateDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "estimate.md");
    private static final Pattern EXAMPLE = Pattern.compile("```\n\\$ dryrun ([^\n]*)\n(.*?)```\n", Pattern.DOTALL);

    @Test
    void theExamplesPrintWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        Matcher example = EXAMPLE.matcher(page);
        assertTrue(example.find(), "the page has an example");
        String printed = example.replaceAll(match ->
                Matcher.quoteReplacement("```\n$ dryrun " + match.group(1) + "\n" + output(match.group(1)) + "```\n"));
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, printed);
        }
        assertEquals(Files.readString(PAGE), printed);
    }

    private static String output(String command) {
        Run run = Run.of(command.split(" "));
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }
}
