// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example runs, and a prediction that moves is noticed: `-Dgolden=update` writes the results of today.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path GOLDEN = Path.of("src", "test", "golden");
    private static final Pattern NUMBER =
            Pattern.compile("(?<=: )-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?(?=,?$)", Pattern.MULTILINE);

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theResultIsThatOfTheGoldenFile(String example) throws IOException {
        Run run = Run.of("simulate", "--json", EXAMPLES.resolve(example).toString());
        assertEquals(0, run.exitCode(), run.err());
        String result = rounded(withoutProvenance(run.out()));
        Path golden = GOLDEN.resolve(example.replace(".yaml", ".json"));
        if ("update".equals(System.getProperty("golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, result);
        }
        assertTrue(Files.exists(golden), "no golden result yet; -Dgolden=update writes it");
        assertEquals(Files.readString(golden), result);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theResultIsReadAsTextToo(String example) {
        Run run = Run.of("simulate", "--require-fit", EXAMPLES.resolve(example).toString());
        assertEquals(0, run.exitCode(), run.err());
        assertFalse(run.out().contains("assumed  "), run.out());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
        assertTrue(run.out().lines().count() <= 40, run.out());
    }

    /// Version and fingerprint change without any prediction changing.
    private static String withoutProvenance(String json) {
        return json.substring(0, json.indexOf(",\n  \"provenance\"")) + "\n}\n";
    }

    private static String rounded(String json) {
        return NUMBER.matcher(json)
                .replaceAll(match -> Matcher.quoteReplacement(rounded(new BigDecimal(match.group()))));
    }

    private static String rounded(BigDecimal number) {
        return number.signum() == 0
                ? "0"
                : number.round(new MathContext(5)).stripTrailingZeros().toString();
    }
}
