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

/// Profiles of microsoft/vidur: medians in milliseconds, printed to the microsecond; GPU and make of the node stand in
/// the name of the file (`network_a100_dgx_all_reduce.csv`). A process for each GPU.
///
/// Below 2 MiB its times jump between 7 and 65 us with no order in size, so those rows are judged apart. What joins its
/// nodes is not stated.
final class VidurNetwork implements TableForm {
    private static final double NOISY_BELOW_BYTES = 2 << 20;
    private static final String NOISE = "below 2 MiB the source's times have no order in size: host noise";
    private static final Pattern NAME = Pattern.compile("network_([a-z0-9]+)_([a-z_]+)_(all_reduce|send_recv)[.]csv");

    @Override
    public boolean has(List<String> header) {
        return header.contains("num_workers") && header.contains("devices_per_node") && header.contains("collective");
    }

    @Override
    public List<MeasuredCollective> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        Matcher name = NAME.matcher(file.substring(file.lastIndexOf('/') + 1));
        var rows = new ArrayList<MeasuredCollective>();
        if (!name.matches()) {
            String rule = "named network_GPU_NODE_COLLECTIVE.csv, for that stands nowhere else";
            problems.add(new TableProblem(file, 0, "", "this profile", rule, "\"network_a100_dgx_all_reduce.csv\""));
            return rows;
        }
        String chip = name.group(1).toUpperCase(Locale.ROOT);
        boolean bridged = name.group(2).contains("pairwise");
        String gpu = bridged ? chip + " PCIe, bridged in pairs" : chip;
        String system = "vidur " + (bridged ? gpu : chip + " " + name.group(2));
        String collective = name.group(3).equals("send_recv") ? "sendrecv" : name.group(3);
        String median = "time_stats." + name.group(3) + ".median";
        List<String> header = lines.getFirst().cells();
        for (CsvLines.Line line : lines.subList(1, lines.size())) {
            var cells = new Cells(file, header, line, problems);
            int gpus = cells.count("num_workers");
            int nodes = Math.max(1, gpus / cells.count("devices_per_node"));
            var setup = new Setup(gpu, nodes, gpus, OptionalDouble.empty(), "", Launch.MPI);
            double bytes = cells.positive("size");
            rows.add(new MeasuredCollective(
                    file,
                    line.number(),
                    new Sweep(system, setup, collective, "default"),
                    bytes,
                    cells.positive(median) * 1e-3,
                    bytes < NOISY_BELOW_BYTES ? NOISE : ""));
        }
        return rows;
    }
}
