// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.trace;

import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.trace.SpanObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/// Writes what runs as Trace Event JSON while it runs.
///
/// A member of the plan is a process, its streams are threads. Spans are complete events (`X`), waiting for the other
/// members of a group is a span of its own, messages between two ranks are flow arrows (`s` to `f`), memory is a
/// counter (`C`) with a row for each category. Source of the format: Trace Event Format, Google, 2016.
public final class TraceWriter implements SpanObserver, AutoCloseable {
    private final Writer out;
    private final StepPlan plan;
    private final List<String> streams;
    private final int messageStream;
    private final MemoryCounters memory;
    private final Map<Long, Integer> sent = new HashMap<>();
    private final Map<Long, Integer> received = new HashMap<>();
    private boolean first = true;

    /// @param processName name of a rank's process
    /// @param streams names of the streams; those that begin with "send" or "receive" carry messages
    /// @param memoryCategories names of what memory holds
    /// @param lastingBytes of a rank from step to step, by these categories
    public TraceWriter(
            Writer out,
            StepPlan plan,
            IntFunction<String> processName,
            List<String> streams,
            List<String> memoryCategories,
            IntFunction<long[]> lastingBytes) {
        this.out = out;
        this.plan = plan;
        this.streams = List.copyOf(streams);
        memory = new MemoryCounters(plan, memoryCategories, lastingBytes);
        messageStream = firstMessageStream(this.streams);
        write("{\"displayTimeUnit\": \"ms\", \"traceEvents\": [");
        for (int member = 0; member < plan.members(); member++) {
            int rank = plan.rankOf()[member];
            long others = plan.ranksOf()[member] - 1;
            String name = processName.apply(rank) + (others == 0 ? "" : " and " + others + " alike");
            metadata("process_name", rank, 0, name);
            for (int stream = 0; stream < this.streams.size(); stream++) {
                metadata("thread_name", rank, stream, this.streams.get(stream));
            }
            counter(member, 0, memory.now(member));
        }
    }

    private static int firstMessageStream(List<String> streams) {
        for (int stream = 0; stream < streams.size(); stream++) {
            if (streams.get(stream).startsWith("send") || streams.get(stream).startsWith("receive")) {
                return stream;
            }
        }
        return streams.size();
    }

    @Override
    public void ran(int member, int instruction, long readyNanos, long startNanos, long endNanos) {
        Program program = plan.program(member);
        switch (program.opcode(instruction)) {
            case Program.BLOCK -> {
                Block block = plan.tables().block(program.operand(instruction));
                span(member, instruction, startNanos, endNanos, mainCategory(block));
                memory(member, block.memory(), startNanos, endNanos);
            }
            case Program.CALL -> {
                Call call = plan.tables().call(program.operand(instruction));
                List<String> categories = plan.tables().categories().names();
                if (startNanos > readyNanos) {
                    waiting(member, instruction, readyNanos, startNanos, categories.get(call.waitCategory()));
                }
                span(member, instruction, startNanos, endNanos, categories.get(call.category()));
                arrow(member, instruction, call, startNanos, endNanos);
            }
            default -> {}
        }
    }

    private String mainCategory(Block block) {
        long[] mix = block.nanosByCategory();
        int main = 0;
        for (int c = 1; c < mix.length; c++) {
            if (mix[c] > mix[main]) {
                main = c;
            }
        }
        return plan.tables().categories().names().get(main);
    }

    private void span(int member, int instruction, long startNanos, long endNanos, String category) {
        Program program = plan.program(member);
        int detail = program.detail(instruction);
        begin("X", member, program.stream(instruction), startNanos);
        write(", \"dur\": " + micros(endNanos - startNanos));
        String name = plan.tables().name(program.name(instruction));
        write(", \"cat\": \"" + category + "\", \"name\": "
                + quoted(detail == Program.NONE ? name : name + " " + detail));
        write(detail == Program.NONE ? "}" : ", \"args\": {\"micro_batch\": " + detail + "}}");
    }

    private void waiting(int member, int instruction, long startNanos, long endNanos, String category) {
        Program program = plan.program(member);
        begin("X", member, program.stream(instruction), startNanos);
        write(", \"dur\": " + micros(endNanos - startNanos) + ", \"cat\": \"" + category + "\", \"name\": ");
        write(quoted("wait for " + plan.tables().name(program.name(instruction))) + "}");
    }

    /// The n-th message that a group sends is the n-th that it receives, because streams run in order.
    private void arrow(int member, int instruction, Call call, long startNanos, long endNanos) {
        int stream = plan.program(member).stream(instruction);
        if (stream < messageStream || stream >= streams.size()) {
            return;
        }
        boolean sends = streams.get(stream).startsWith("send");
        long group = plan.groupOf()[member * plan.slots() + call.slot()];
        int number = (sends ? sent : received).merge(group, 1, Integer::sum);
        begin(sends ? "s" : "f", member, stream, sends ? startNanos : endNanos);
        write(", \"cat\": \"message\", \"name\": \"message\", \"id\": " + (group << 24 | number));
        write(sends ? "}" : ", \"bp\": \"e\"}");
    }

    private void memory(int member, MemoryDelta change, long startNanos, long endNanos) {
        if (change.equals(MemoryDelta.NONE)) {
            return;
        }
        counter(member, startNanos, memory.at(member, change));
        memory.change(member, change);
        counter(member, endNanos, memory.now(member));
    }

    private void counter(int member, long atNanos, String bytes) {
        begin("C", member, 0, atNanos);
        write(", \"name\": \"memory, MiB\", \"args\": {" + bytes + "}}");
    }

    private void metadata(String kind, int rank, int stream, String name) {
        comma();
        write("{\"ph\": \"M\", \"pid\": " + rank + ", \"tid\": " + stream + ", \"name\": \"" + kind);
        write("\", \"args\": {\"name\": " + quoted(name) + "}}");
    }

    private void begin(String phase, int member, int stream, long atNanos) {
        comma();
        write("{\"ph\": \"" + phase + "\", \"pid\": " + plan.rankOf()[member] + ", \"tid\": " + stream + ", \"ts\": "
                + micros(atNanos));
    }

    private void comma() {
        write(first ? "\n" : ",\n");
        first = false;
    }

    private static String micros(long nanos) {
        long fraction = nanos % 1000;
        return nanos / 1000
                + (fraction == 0 ? "" : "." + (fraction < 10 ? "00" : fraction < 100 ? "0" : "") + fraction);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the trace and closes the file.
    @Override
    public void close() {
        write("\n]}\n");
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
