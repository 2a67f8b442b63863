// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.validation.train.ExchangeOrder;
import dev.dryrun.validation.train.ExchangeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times of exchanges by closed forms, with constants at which the search does not begin.
class ExchangeFitTest {
    private static final double BASE = 120e-6;
    private static final double HOP = 30e-6;
    private static final double RATE = 2.5e9;
    private static final double PAIR = 0.4;
    private static final double FILL = 1e6;
    private static final double TOLERANCE = 0.03;
    private static final Pattern NUMBER = Pattern.compile("(?<==)\\d[\\d.E-]*");

    /// Two ranks each have half of a gather's total to send, a ring of two has one step, an all-reduce goes round
    /// twice.
    private static double seconds(CollectiveKind kind, double bytes) {
        double alone = switch (kind) {
            case ALL_REDUCE -> 2 * HOP + bytes / (PAIR * RATE);
            case ALL_GATHER, REDUCE_SCATTER -> HOP + (bytes / 2 + Math.min(bytes / 2, FILL)) / RATE;
            case SEND_RECV -> bytes / RATE;
            case BROADCAST, REDUCE, ALL_TO_ALL, BARRIER -> throw new IllegalArgumentException(kind.name());
        };
        return BASE + alone;
    }

    /// Within 3 %, because the search is drawn to where it begins and stops at errors that no measurement has.
    @Test
    void constantsAreFoundAgain() {
        List<ExchangeTime> times = new ArrayList<>();
        ExchangeOrder order = ExchangeOrder.usual("cpu");
        for (CollectiveKind kind : order.kinds()) {
            for (long bytes : order.sizes()) {
                double seconds = seconds(kind, (double) bytes);
                times.add(new ExchangeTime(kind, bytes, 10, seconds, seconds / 2));
            }
        }
        ExchangeFit fit = ExchangeFit.of(times);
        assertEquals(BASE, fit.value(ExchangeConstant.BASE), TOLERANCE * BASE);
        assertEquals(HOP, fit.value(ExchangeConstant.HOP), 2 * TOLERANCE * HOP);
        assertEquals(RATE, fit.value(ExchangeConstant.RATE), TOLERANCE * RATE);
        assertEquals(PAIR, fit.value(ExchangeConstant.PAIR), TOLERANCE * PAIR);
        assertEquals(FILL, fit.value(ExchangeConstant.FILL), 2 * TOLERANCE * FILL);
        fit.errorsPct().forEach((kind, error) -> assertTrue(error < 1, () -> kind + " " + error + " %"));
    }

    /// What was fitted with is what is written.
    @Test
    void theWrittenLibraryIsTheFittedOne(@TempDir Path folder) throws IOException {
        ExchangeFit fit = ExchangeFit.of(List.of());
        Path file = folder.resolve("gloo.yaml");
        Files.writeString(file, new LibraryEntry("a test", "2026-11-26", fit).text());
        var problems = new Problems();
        var read = CollectiveLibrary.read("gloo", Document.read(file, problems).root());
        problems.throwIfAny();
        String fitted = ExchangeModel.library(fit.logs()).toString();
        assertEquals(
                NUMBER.matcher(fitted).replaceAll("#"),
                NUMBER.matcher(read.toString()).replaceAll("#"));
        double[] expected = numbers(fitted);
        double[] actual = numbers(read.toString());
        for (int i = 0; i < expected.length; i++) {
            // half a unit of the fourth digit
            assertEquals(expected[i], actual[i], 5e-4 * expected[i], fitted);
        }
    }

    private static double[] numbers(String record) {
        return NUMBER.matcher(record)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group()))
                .toArray();
    }
}
