// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectiveTableTest {
    private static final String HEADER = "system,gpu,nodes,gpus,collective,message_bytes,time_us,launch\n";

    @TempDir
    Path folder;

    private List<MeasuredCollective> rows(String name, String text) throws IOException {
        return CollectiveTable.read(List.of(Files.writeString(folder.resolve(name), text)))
                .rows();
    }

    private List<TableProblem> problems(Path... places) {
        return assertThrows(UnreadableTable.class, () -> CollectiveTable.read(List.of(places)))
                .problems();
    }

    @Test
    void theBuiltInTableHasAllItsRows() {
        assertEquals(1012, CollectiveTable.builtIn().rows().size());
    }

    @Test
    void aRowOfTheProjectsOwnForm() throws IOException {
        MeasuredCollective row = rows("own.csv", HEADER + "box,A100,2,16,all_reduce,1024,30.5,one-process\n")
                .getFirst();
        assertEquals(30.5e-6, row.seconds(), 1e-18);
        assertEquals(Launch.ONE_PROCESS, row.sweep().setup().launch());
        assertTrue(row.sweep().setup().nicBytesPerSecond().isEmpty());
        assertTrue(row.id().endsWith("own.csv:2"));
    }

    /// Nanoseconds, the out-of-place ones; GPU, collective and count from the name.
    @Test
    void aTraceOfVtrain() throws IOException {
        String text =
                "size(B),count,type,time(ns),busbw(GB/s),time(ns),busbw(GB/s)\n1048576,1,float,44210,23,45100,23\n";
        MeasuredCollective row = rows("a100_all_reduce_2gpu.csv", text).getFirst();
        assertEquals(44.21e-6, row.seconds(), 1e-18);
        assertEquals(2, row.sweep().setup().gpus());
        assertEquals("A100", row.sweep().setup().gpu());
    }

    /// Median milliseconds; nodes from workers and devices; noise below 2 MiB.
    @Test
    void aProfileOfVidur() throws IOException {
        String text = """
            ,time_stats.send_recv.median,rank,num_workers,size,collective,devices_per_node,max_devices_per_node
            0,0.024,0,2,2048,send_recv,1,8
            1,0.250,0,2,4194304,send_recv,2,8
            """;
        List<MeasuredCollective> rows = rows("network_h100_dgx_send_recv.csv", text);
        assertEquals(2, rows.getFirst().sweep().setup().nodes());
        assertTrue(rows.getFirst().suspicious().contains("noise"));
        assertEquals(1, rows.get(1).sweep().setup().nodes());
        assertEquals("sendrecv", rows.get(1).sweep().collective());
        assertEquals(0.25e-3, rows.get(1).seconds(), 1e-18);
        assertEquals("", rows.get(1).suspicious());
    }

    @Test
    void allProblemsOfAFileAtOnce() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.csv"), HEADER + """
            box,A100,3,16,all_reduce,1024,-1,mpi
            box,,1,8,all_reduce,huge,5,horse
            """);
        List<String> text = problems(bad).stream().map(TableProblem::toString).toList();
        assertEquals(5, text.size(), text.toString());
        assertTrue(text.getFirst().endsWith("bad.csv:2: gpus is 16, but must be a multiple of the 3 nodes."));
        assertTrue(text.get(1).contains("time_us is \"-1\", but must be a number above 0"));
        assertTrue(text.stream().anyMatch(problem -> problem.contains("launch is \"horse\", but must be one of mpi")));
    }

    /// A folder may hold other tables; a file that was named may not be one.
    @Test
    void foldersAreSearchedAndOtherTablesLeftAlone() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path other = Files.writeString(inner.resolve("other.csv"), "a,b\n1,2\n");
        assertEquals(1, problems(folder).size());
        Files.writeString(inner.resolve("own.csv"), HEADER + "box,A100,1,8,all_reduce,1024,30.5,mpi\n");
        assertEquals(1, CollectiveTable.read(List.of(folder)).rows().size());
        assertTrue(problems(other).getFirst().toString().contains("must be a table of collectives"));
        assertTrue(problems(folder.resolve("absent.csv")).getFirst().toString().contains("does not exist"));
    }
}
