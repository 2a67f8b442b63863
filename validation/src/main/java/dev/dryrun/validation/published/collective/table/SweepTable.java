// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The project's own form: a row for each size, with everything that is known about the setup.
final class SweepTable implements TableForm {
    private static final List<String> REQUIRED =
            List.of("system", "gpu", "nodes", "gpus", "collective", "message_bytes", "time_us");

    /// No other table here names a system beside a collective.
    @Override
    public boolean has(List<String> header) {
        return header.contains("system") && header.contains("collective");
    }

    @Override
    public List<MeasuredCollective> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        List<String> header = lines.getFirst().cells();
        for (String column : REQUIRED) {
            if (!header.contains(column)) {
                String found = "the header without " + column;
                problems.add(new TableProblem(file, lines.getFirst().number(), "", found, "one that names it", ""));
            }
        }
        var rows = new ArrayList<MeasuredCollective>();
        if (!problems.isEmpty()) {
            return rows;
        }
        for (CsvLines.Line line : lines.subList(1, lines.size())) {
            rows.add(row(file, new Cells(file, header, line, problems)));
        }
        return rows;
    }

    private static MeasuredCollective row(String file, Cells cells) {
        int nodes = cells.count("nodes");
        int gpus = cells.count("gpus");
        if (gpus % nodes != 0) {
            cells.problem("gpus", Integer.toString(gpus), "a multiple of the " + nodes + " nodes", "");
        }
        OptionalDouble nic = cells.positiveIfStated("nic_GBps_per_gpu");
        var setup = new Setup(
                cells.required("gpu"),
                nodes,
                gpus,
                nic.isPresent() ? OptionalDouble.of(nic.getAsDouble() * 1e9) : nic,
                cells.text("network_class"),
                cells.choice("launch", Launch.class));
        var sweep = new Sweep(
                cells.required("system"), setup, cells.required("collective"), cells.text("algorithm_protocol"));
        return new MeasuredCollective(
                file,
                cells.line(),
                sweep,
                cells.positive("message_bytes"),
                cells.positive("time_us") * 1e-6,
                cells.text("suspicious"));
    }
}
