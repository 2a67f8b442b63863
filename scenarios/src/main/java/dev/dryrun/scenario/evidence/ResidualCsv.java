// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The file of [ResidualTable]: a header, then a line for each run.
public final class ResidualCsv {
    private static final String HEADER =
            "id,family,source,hardware,log_error,size_without_family,size_without_row,accelerator,kernels,library,"
                + "gpus,nodes,stack,site,model,parameters,experts,sequence,tokens,precision,tensor,pipeline,context,sharded,"
                + "unstated";
    private static final int CELLS = HEADER.split(",").length;

    private ResidualCsv() {}

    /// The file of a table, the same for the same table.
    public static String write(ResidualTable table) {
        return table.rows().stream().map(ResidualCsv::line).collect(Collectors.joining("\n", HEADER + "\n", "\n"));
    }

    private static String line(Residual row) {
        JobFeatures job = row.features();
        List<Object> cells = List.of(
                row.id(),
                row.family(),
                row.source(),
                row.hardware(),
                figure(row.logError()),
                figure(row.sizeWithoutFamily()),
                figure(row.sizeWithoutRow()),
                job.accelerator(),
                job.kernels(),
                job.library(),
                job.gpus(),
                job.nodes(),
                job.stack(),
                job.site(),
                job.model(),
                job.parameters(),
                job.experts(),
                job.sequence(),
                job.tokens(),
                job.precision(),
                job.tensor(),
                job.pipeline(),
                job.context(),
                job.sharded(),
                job.unstated());
        return cells.stream().map(ResidualCsv::quoted).collect(Collectors.joining(","));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.5f", value);
    }

    private static String quoted(Object cell) {
        String text = cell.toString().replace('\n', ' ');
        return text.indexOf(',') < 0 && text.indexOf('"') < 0 ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /// Reads what [#write] wrote.
    public static ResidualTable read(String text) {
        List<Residual> rows = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (number == 1) {
                if (!line.equals(HEADER)) {
                    throw new IllegalArgumentException("line 1 is \"" + line + "\"; it must be \"" + HEADER + "\"");
                }
                continue;
            }
            List<String> cells = cells(line);
            if (cells.size() != CELLS) {
                throw new IllegalArgumentException(
                        "line " + number + " has " + cells.size() + " cells; it must have " + CELLS);
            }
            rows.add(row(cells));
        }
        return new ResidualTable(rows);
    }

    private static Residual row(List<String> c) {
        var job = new JobFeatures(
                c.get(7),
                Calibration.Evidence.valueOf(c.get(8)),
                c.get(9),
                Long.parseLong(c.get(10)),
                Long.parseLong(c.get(11)),
                c.get(12),
                c.get(13),
                c.get(14),
                Long.parseLong(c.get(15)),
                Boolean.parseBoolean(c.get(16)),
                Long.parseLong(c.get(17)),
                Long.parseLong(c.get(18)),
                Precision.valueOf(c.get(19)),
                Integer.parseInt(c.get(20)),
                Integer.parseInt(c.get(21)),
                Integer.parseInt(c.get(22)),
                Boolean.parseBoolean(c.get(23)),
                Boolean.parseBoolean(c.get(24)));
        return new Residual(
                c.get(0),
                c.get(1),
                c.get(2),
                c.get(3),
                job,
                Double.parseDouble(c.get(4)),
                Double.parseDouble(c.get(5)),
                Double.parseDouble(c.get(6)));
    }

    /// The cells of a line; a quoted one may hold commas, and quotes twice.
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>(CELLS);
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
