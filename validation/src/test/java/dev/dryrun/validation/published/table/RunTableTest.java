// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTableTest {
    private static final String HEADER = "id,family,hardware,n_gpus,metric,value,unit,quality,stack_date\n";

    @TempDir
    Path folder;

    @Test
    void builtInTableHasEveryPublishedRow() {
        RunTable table = RunTable.builtIn();
        assertEquals(392 + 793 + 20, table.runs().size());
        assertEquals(25, table.families().size());
        assertEquals(
                6, table.runs().stream().filter(MeasuredRun::ranOutOfMemory).count());
        assertTrue(table.runs().stream().allMatch(run -> run.states(Column.SOURCE) && run.states(Column.QUALITY)));
    }

    /// The files of the project differ from the collected ones in the wording of notes and sources only.
    @Test
    void builtInFiguresAreTheCollectedOnes() {
        Path data = Stream.of("../shared/data", "../../shared/data")
                .map(Path::of)
                .filter(path -> Files.exists(path.resolve("published-training.csv")))
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(data != null, "the collected files are not beside this checkout");
        RunTable collected = RunTable.read(Stream.of("", "-vtrain", "-simumax")
                .map(part -> data.resolve("published-training" + part + ".csv"))
                .toList());
        RunTable builtIn = RunTable.builtIn();
        assertEquals(collected.runs().size(), builtIn.runs().size());
        for (int i = 0; i < collected.runs().size(); i++) {
            MeasuredRun expected = collected.runs().get(i);
            MeasuredRun found = builtIn.runs().get(i);
            for (Column column : Column.values()) {
                if (column != Column.NOTES && column != Column.SOURCE) {
                    assertEquals(expected.text(column), found.text(column), expected.id() + " " + column.header());
                }
            }
        }
    }

    @Test
    void readsQuotedCellsMissingColumnsAndUnknownOnes() throws IOException {
        String text = """
            mood,id,family,hardware,n_gpus,metric,value
            fine,a,"one, two",A100,8,time,1.5

            fine,b,f,A100,16,OOM,
            """;
        RunTable table = read("\uFEFF" + text.replace("\n", "\r\n"));
        MeasuredRun first = table.runs().getFirst();
        assertEquals("one, two", first.family());
        assertEquals(2, first.line());
        assertEquals(OptionalLong.of(8), first.count(Column.N_GPUS));
        assertEquals(OptionalDouble.of(1.5), first.number(Column.VALUE));
        assertFalse(first.states(Column.STACK));
        assertEquals(4, table.runs().getLast().line());
        assertTrue(table.runs().getLast().ranOutOfMemory());
    }

    @Test
    void everyBadCellIsNamedWithItsLine() {
        UnreadableTable refusal = assertThrows(
                UnreadableTable.class,
                () -> read(HEADER
                        + "a,f,A100,eight,time,1,s,A,2024-07\n"
                        + "b,f,A100,8,time,-1,s,D,July\n"
                        + "b,,A100,8,time,,s,A,2024-07,more\n"));
        List<String> messages = refusal.problems().stream()
                .map(TableProblem::toString)
                .map(this::tail)
                .toList();
        assertEquals(
                List.of(
                        "2: n_gpus is \"eight\", but must be a whole number from 1 to 999999999.",
                        "3: value is \"-1\", but must be a number above 0.",
                        "3: quality is \"D\", but must be A, B or C.",
                        "3: stack_date is \"July\", but must be a month such as 2024-07.",
                        "4: 10 cells, but must be 9 as in the header.",
                        "4: family is empty, but must be text.",
                        "4: value is empty, but must be a number above 0."),
                messages);
    }

    @Test
    void missingFilesEmptyFilesAndDoubleIdsAreRefused() {
        assertTrue(refusal(() -> RunTable.read(List.of(folder.resolve("none.csv"))))
                .contains("does not exist"));
        assertTrue(refusal(() -> RunTable.read(List.of(folder))).contains("a folder"));
        assertTrue(refusal(() -> read("")).contains("a header with column names"));
        assertTrue(refusal(() -> read("id,family\n")).contains("the header without hardware"));
        assertTrue(refusal(() -> read(HEADER.replace("n_gpus", "n_gpu"))).endsWith("Maybe \"n_gpu\" is meant for it."));
        assertTrue(refusal(() -> read(HEADER + "a,f,A100,8,time,1,s,A,\na,f,A100,8,time,1,s,A,\n"))
                .contains(":3: id is \"a\", which"));
    }

    private String refusal(org.junit.jupiter.api.function.Executable reading) {
        return String.valueOf(assertThrows(UnreadableTable.class, reading).getMessage());
    }

    private RunTable read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("runs.csv"), text);
        return RunTable.read(List.of(file));
    }

    private String tail(String message) {
        return message.substring(folder.resolve("runs.csv:").toString().length());
    }
}
