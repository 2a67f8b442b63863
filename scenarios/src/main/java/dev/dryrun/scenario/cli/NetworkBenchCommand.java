// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.network.CollectiveBench;
import dev.dryrun.scenario.network.RankList;
import dev.dryrun.scenario.report.BenchText;
import dev.dryrun.scenario.spec.ClusterAlone;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `dryrun network bench`: what a collective takes at many sizes.
@Command(
        name = "bench",
        description = "What a collective takes over a group, at sizes that double, as nccl-tests would print it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun network bench --cluster hgx-h100 --kind all-reduce",
            "  dryrun network bench --cluster mi300x-platform*4 --kind all-gather --size 1MiB..8GiB --chart",
            "  dryrun network bench --cluster dgx-a100-80gb*8 --group 0-63:8 --algorithm ring,ll"
        })
final class NetworkBenchCommand implements Callable<Integer> {
    private static final double LARGEST_BYTES = 1e15;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Option(
            names = "--kind",
            defaultValue = "all-reduce",
            description = "Collective: ${COMPLETION-CANDIDATES} (default all-reduce).",
            completionCandidates = KindNames.class)
    private CollectiveKind kind = CollectiveKind.ALL_REDUCE;

    @Option(
            names = "--size",
            paramLabel = "FROM..TO",
            defaultValue = "8KiB..8GiB",
            description = "Sizes in the sense of nccl-tests, doubling (default 8KiB..8GiB).")
    private String sizes = "";

    @Option(
            names = "--group",
            paramLabel = "RANKS",
            defaultValue = "all",
            description = "GPUs that take part: all, 0-7, 0-63:8 (every eighth), 0,8,16.")
    private String group = "all";

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            split = ",",
            description = "Only these algorithms (the quickest of all unless given).")
    private List<String> algorithms = List.of();

    @Option(names = "--chart", description = "Draw the bus bandwidth by size.")
    private boolean chart;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Output output;

    NetworkBenchCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        if (!cluster.isGiven()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--cluster=NODE*N'");
        }
        ClusterAlone alone = cluster.read(common.openCatalog());
        double[] range = sizeRange();
        CollectiveBench bench = run(alone, range);
        if (common.json) {
            output.json(json(bench));
            return ExitCode.DONE;
        }
        output.text(BenchText.table(bench));
        if (chart) {
            output.text(BenchText.chart(bench, output.paper(!common.noColor)));
        }
        return ExitCode.DONE;
    }

    private CollectiveBench run(ClusterAlone alone, double[] range) {
        try {
            Collectives collectives = new Collectives(alone.cluster().network(), alone.library(), NetworkTuning.NONE);
            int[] gpus = RankList.read(group, alone.cluster().gpus());
            if (gpus.length < 2) {
                throw new IllegalArgumentException("--group has " + gpus.length + " rank; must have at least 2");
            }
            if (kind == CollectiveKind.SEND_RECV && gpus.length != 2) {
                throw new IllegalArgumentException("send-recv needs --group with a sender and a receiver, such as 0,8");
            }
            return CollectiveBench.run(
                    algorithms.isEmpty() ? collectives : collectives.restrictedTo(algorithms),
                    kind,
                    gpus,
                    range[0],
                    range[1]);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private double[] sizeRange() {
        String[] ends = sizes.split("\\.\\.", -1);
        double from = Unit.BYTES.read(ends[0].strip());
        double to = ends.length == 1 ? from : Unit.BYTES.read(ends[1].strip());
        if (ends.length > 2 || !(from >= 1) || !(to >= from) || !(to <= LARGEST_BYTES)) {
            throw new ParameterException(
                    spec.commandLine(), "--size is \"" + sizes + "\"; must be such as 8KiB..8GiB, from small to large");
        }
        return new double[] {from, to};
    }

    private static String json(CollectiveBench bench) {
        JsonText json = new JsonText().beginObject().field("schema", "dryrun/network-bench/1");
        json.field("kind", bench.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.field("ranks", bench.ranks()).key("rows").beginArray();
        for (CollectiveBench.Row row : bench.rows()) {
            json.beginObject().field("message_bytes", row.bytes()).field("time_s", row.seconds());
            json.field("algorithm_bytes_per_s", row.algorithmBytesPerSecond());
            json.field("bus_bytes_per_s", row.busBytesPerSecond());
            json.field("algorithm", row.algorithm())
                    .field("bottleneck", row.bottleneck())
                    .endObject();
        }
        return json.endArray().endObject().toString();
    }
}
