// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.validation.train.ExchangeTime;
import java.util.ArrayList;
import java.util.List;

/// Timed exchanges in a file of measurements: kind, bytes, rounds and seconds.
final class ExchangeRows {
    private static final String KEY = "exchanges";
    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_ROUNDS = 1 << 20;
    private static final double LEAST_SECONDS = 1e-12;
    private static final double MOST_SECONDS = 1e12;

    private ExchangeRows() {}

    static List<ExchangeTime> read(Entry root) {
        List<ExchangeTime> times = new ArrayList<>();
        for (Entry row : root.has(KEY) ? root.children(KEY) : List.<Entry>of()) {
            times.add(new ExchangeTime(
                    row.choice("kind", CollectiveKind.class),
                    row.integer("bytes", 1, MOST_BYTES),
                    (int) row.integer("rounds", 1, MOST_ROUNDS),
                    row.number("median_s", LEAST_SECONDS, MOST_SECONDS),
                    row.number("quiet_s", LEAST_SECONDS, MOST_SECONDS)));
        }
        return times;
    }

    static void write(JsonText json, List<ExchangeTime> times) {
        json.key(KEY).beginArray();
        for (ExchangeTime time : times) {
            json.beginObject()
                    .field("kind", Entry.kebab(time.kind()))
                    .field("bytes", time.bytes())
                    .field("rounds", time.rounds())
                    .field("median_s", time.medianSeconds())
                    .field("quiet_s", time.quietSeconds())
                    .endObject();
        }
        json.endArray();
    }
}
