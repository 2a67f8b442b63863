// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.Protocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// One set of RCCL's tables: latencies of steps, ratios of bandwidth, and their correction by size.
///
/// @param rows values by table, algorithm and protocol, such as `ratio;ring;ll`
record RcclTables(Map<String, double[]> rows) {
    private static final String FILE = "rccl-2.21.txt";
    private static final Map<Integer, RcclTables> ALL = readAll();

    static RcclTables of(int index) {
        return Objects.requireNonNull(ALL.get(index));
    }

    private static Map<Integer, RcclTables> readAll() {
        Map<Integer, Map<String, double[]>> tables = new HashMap<>();
        try (InputStream file = Objects.requireNonNull(RcclTables.class.getResourceAsStream(FILE));
                var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                int index = line.indexOf(';');
                int values = line.lastIndexOf(';');
                tables.computeIfAbsent(Integer.valueOf(line.substring(0, index)), number -> new HashMap<>())
                        .put(line.substring(index + 1, values), numbers(line.substring(values + 1)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tables.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> new RcclTables(entry.getValue())));
    }

    private static double[] numbers(String words) {
        return Arrays.stream(words.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private double[] row(String table, String algorithm, Protocol protocol) {
        return Objects.requireNonNull(rows.get(table + ';' + algorithm + ';' + protocol.key()));
    }

    double insideMicros(String algorithm, Protocol protocol, boolean xgmi) {
        return row("latency", algorithm, protocol)[xgmi ? 0 : 1];
    }

    double networkMicros(String algorithm, Protocol protocol) {
        return row("latency", algorithm, protocol)[2];
    }

    double ratio(String algorithm, Protocol protocol, boolean manyNodes) {
        return row("ratio", algorithm, protocol)[manyNodes ? 1 : 0];
    }

    double correction(String algorithm, Protocol protocol, double bytes) {
        return SizeCorrection.factor(row("correction", algorithm, protocol), bytes);
    }
}
