// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Errors of the runs that were measured and predicted; families weigh equally.
public final class ResidualTable {
    private static final String BUILT_IN = "runs.csv";

    private final List<Residual> rows;
    private final double[] weights;
    private final int families;

    public ResidualTable(List<Residual> rows) {
        this.rows = List.copyOf(rows);
        Map<String, Integer> sizes = new HashMap<>();
        rows.forEach(row -> sizes.merge(row.family(), 1, Integer::sum));
        families = sizes.size();
        weights = rows.stream()
                .mapToDouble(row -> 1.0 / sizes.getOrDefault(row.family(), 1))
                .toArray();
    }

    /// The table of the published runs, as `dryrun validate --write-evidence` wrote it.
    public static ResidualTable builtIn() {
        try (InputStream stream = ResidualTable.class.getResourceAsStream(BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + BUILT_IN + " is missing");
            }
            return ResidualCsv.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public List<Residual> rows() {
        return rows;
    }

    /// One over the number of rows of its family.
    double weight(int row) {
        return weights[row];
    }

    /// Number of families, which is the sum of the weights.
    int families() {
        return families;
    }

    /// The table as if a family had never been measured.
    public ResidualTable without(String family) {
        return new ResidualTable(
                rows.stream().filter(row -> !row.family().equals(family)).toList());
    }

    /// The table with what each row is expected to be off by the others: had its family never been measured, and had
    /// only the row itself not.
    public ResidualTable withExpectations() {
        var all = new Spread(this);
        Map<String, Spread> others = new HashMap<>();
        List<Residual> expecting = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Residual row = rows.get(i);
            Spread withoutFamily = others.computeIfAbsent(row.family(), family -> new Spread(without(family)));
            expecting.add(row.expecting(
                    withoutFamily.of(row.features()).size(), all.withoutRow(i).size()));
        }
        return new ResidualTable(expecting);
    }
}
