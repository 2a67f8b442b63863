// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.simulate.MemoryUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Memory by stage as text; neighbours that need the same share a line.
final class MemoryText {
    private static final int BAR = 38;
    /// With the capacity of the stage beside it.
    private static final int SHORT_BAR = 25;
    private static final int MOST_LINES = 6;

    private MemoryText() {}

    /// Stages of equal need.
    private record Span(int from, int to, MemoryUse.Stage stage) {
        boolean holds(int number) {
            return from <= number && number <= to;
        }

        String label() {
            return from == to ? "stage " + from : "stages " + from + "-" + to;
        }
    }

    /// @param everyStage whether to say of each stage what its memory holds
    static String write(MemoryUse memory, boolean everyStage, Paper paper) {
        var out = new StringBuilder("\n");
        boolean differ = memory.capacitiesDiffer();
        String of = differ ? "of each" : "of " + Amount.gibibytes(memory.capacityBytes());
        out.append(paper.bold(String.format(
                        Locale.ROOT, "  %-16s %10s %10s %10s  %s", "memory", "allocated", "reserved", "device", of)))
                .append("  ")
                .append(verdict(memory.verdict(), paper))
                .append('\n');
        List<Span> spans = spans(memory.byStage());
        for (Span span : shown(spans, memory.fullest())) {
            MemoryUse.Stage stage = span.stage();
            double allocated = stage.allocatedBytes() / stage.capacityBytes();
            double device = stage.deviceBytes() / stage.capacityBytes();
            String line = String.format(
                    Locale.ROOT,
                    "  %-16s %10s %10s %10s  %s %6s",
                    span.label(),
                    Amount.gibibytes(stage.allocatedBytes()),
                    Amount.gibibytes(stage.reservedBytes()),
                    Amount.gibibytes(stage.deviceBytes()),
                    paper.bar(allocated, device, differ ? SHORT_BAR : BAR),
                    Amount.percent(device));
            out.append(line.stripTrailing())
                    .append(differ ? " of " + Amount.gibibytes(stage.capacityBytes()) : "")
                    .append('\n');
        }
        MemoryUse.Stage fullest = memory.fullest();
        out.append(memory.byStage().size() == 1 ? "  peak" : "  fullest: stage " + fullest.stage())
                .append(PeakWords.of(fullest.peak()))
                .append('\n');
        if (memory.verdict() == MemoryUse.Verdict.DOES_NOT_FIT) {
            out.append(FitText.write(memory, paper));
        }
        if (everyStage) {
            spans.forEach(span -> out.append(BreakdownText.write(span.label(), span.stage(), paper)));
        }
        return out.toString();
    }

    private static String verdict(MemoryUse.Verdict verdict, Paper paper) {
        return switch (verdict) {
            case FITS -> paper.green("fits");
            case TIGHT -> paper.yellow("tight");
            case DOES_NOT_FIT -> paper.red("does not fit");
        };
    }

    private static List<Span> spans(List<MemoryUse.Stage> stages) {
        List<Span> spans = new ArrayList<>();
        for (MemoryUse.Stage stage : stages) {
            Span last = spans.isEmpty() ? null : spans.getLast();
            if (last != null && alike(last.stage(), stage)) {
                spans.set(spans.size() - 1, new Span(last.from(), stage.stage(), last.stage()));
            } else {
                spans.add(new Span(stage.stage(), stage.stage(), stage));
            }
        }
        return spans;
    }

    private static boolean alike(MemoryUse.Stage a, MemoryUse.Stage b) {
        return a.capacityBytes() == b.capacityBytes()
                && Amount.gibibytes(a.deviceBytes()).equals(Amount.gibibytes(b.deviceBytes()))
                && Amount.gibibytes(a.allocatedBytes()).equals(Amount.gibibytes(b.allocatedBytes()));
    }

    /// All, or the first ones, the fullest and the last.
    private static List<Span> shown(List<Span> spans, MemoryUse.Stage fullest) {
        if (spans.size() <= MOST_LINES) {
            return spans;
        }
        List<Span> shown = new ArrayList<>();
        for (int i = 0; i < spans.size(); i++) {
            if (i < MOST_LINES - 2 || i == spans.size() - 1 || spans.get(i).holds(fullest.stage())) {
                shown.add(spans.get(i));
            }
        }
        return shown;
    }
}
