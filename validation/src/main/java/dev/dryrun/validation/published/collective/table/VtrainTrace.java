// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Traces of VIA-Research/vTrain: nccl-tests inside one node, whose GPU, collective and count stand in the name of the
/// file (`a100_all_reduce_8gpu.csv`). Out-of-place times, the first of the two.
///
/// How the benchmark was driven is not stated. Its floors, 16 us above those of runs with a process for each GPU, are
/// those of one process for all.
final class VtrainTrace implements TableForm {
    private static final String BYTES = "size(B)";
    private static final String NANOS = "time(ns)";
    private static final Pattern NAME = Pattern.compile("([a-z0-9]+)_([a-z_]+)_([1-9][0-9]?)gpu[.]csv");

    @Override
    public boolean has(List<String> header) {
        return header.contains(BYTES) && header.contains(NANOS);
    }

    @Override
    public List<MeasuredCollective> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        Matcher name = NAME.matcher(file.substring(file.lastIndexOf('/') + 1));
        var rows = new ArrayList<MeasuredCollective>();
        if (!name.matches()) {
            String rule = "named GPU_COLLECTIVE_COUNTgpu.csv, for that stands nowhere else";
            problems.add(new TableProblem(file, 0, "", "this trace", rule, "\"a100_all_reduce_8gpu.csv\""));
            return rows;
        }
        String gpu = name.group(1).toUpperCase(Locale.ROOT);
        var setup = new Setup(gpu, 1, Integer.parseInt(name.group(3)), OptionalDouble.empty(), "", Launch.ONE_PROCESS);
        var sweep = new Sweep("vTrain " + gpu + " node", setup, name.group(2), "default");
        List<String> header = lines.getFirst().cells();
        for (CsvLines.Line line : lines.subList(1, lines.size())) {
            var cells = new Cells(file, header, line, problems);
            double seconds = cells.positive(NANOS) * 1e-9;
            rows.add(new MeasuredCollective(file, line.number(), sweep, cells.positive(BYTES), seconds, ""));
        }
        return rows;
    }
}
