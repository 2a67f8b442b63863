// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.collective.Protocol;
import dev.dryrun.hardware.collective.Restriction;
import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.network.BenchCall;
import dev.dryrun.scenario.network.BenchUncertainty;
import dev.dryrun.scenario.network.BenchUncertainty.Interval;
import dev.dryrun.scenario.network.CollectiveBench;
import dev.dryrun.scenario.network.PriorFigures;
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
            "  dryrun network bench --cluster dgx-a100-80gb*8 --group 0-63:8 --algorithm ring --protocol ll,simple",
            "  dryrun network bench --cluster hgx-h200 --tuner nccl-2.30",
            "  dryrun network bench --cluster hgx-h100*2 --site my-catalog/sites/my-room.yaml",
            "  dryrun network bench --cluster hgx-h100*8 --kind all-to-all --skew 4"
        })
final class NetworkBenchCommand implements Callable<Integer> {
    private static final double LARGEST_BYTES = 1e15;

    @Mixin
    private final ClusterOption cluster = new ClusterOption();

    @Mixin
    private final SiteOption site = new SiteOption();

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
            names = "--skew",
            paramLabel = "F",
            defaultValue = "1",
            description =
                    "Of an all-to-all: the first rank of the group is sent F times the mean, as a popular expert is"
                            + " (1: all the same).")
    private double skew = 1;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Only these algorithms (the quickest of all unless given): ${COMPLETION-CANDIDATES}. Sends and"
                            + " all-to-alls are always there.",
            completionCandidates = AlgorithmNames.class)
    private List<String> algorithms = List.of();

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            split = ",",
            description = "Only these protocols (the quickest of all unless given): ${COMPLETION-CANDIDATES}.")
    private List<Protocol> protocols = List.of();

    @Option(
            names = "--tuner",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Choose by the table of a release, not the quickest: ${COMPLETION-CANDIDATES}.",
            completionCandidates = TunerNames.class)
    private String tuner = "";

    @Option(
            names = "--collectives",
            paramLabel = "GRAIN",
            defaultValue = "fluid",
            description =
                    "Play them as a whole, or every chunk of every step as a flow: fluid, chunked (default fluid).")
    private Grain grain = Grain.FLUID;

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
        Catalog catalog = common.openCatalog();
        ClusterAlone alone = cluster.read(catalog);
        SiteOption.Given room = site.read(catalog);
        double[] range = sizeRange();
        Network network = alone.cluster().network();
        BenchCall call = call(gpus(alone));
        CollectiveLibrary library = room.site().library().applyTo(alone.library());
        NetworkTuning tuning = room.site().network();
        CollectiveBench bench = run(new Collectives(network, library, tuning), call, range);
        List<Interval> intervals = new BenchUncertainty(
                        network, library, tuning, PriorFigures.of(catalog, alone, room.entry()), this::restricted)
                .of(bench, call);
        if (common.json) {
            output.json(json(bench, intervals));
            return ExitCode.DONE;
        }
        output.text(BenchText.table(bench, intervals));
        if (chart) {
            output.text(BenchText.chart(bench, output.paper(!common.noColor)));
        }
        return ExitCode.DONE;
    }

    private int[] gpus(ClusterAlone alone) {
        try {
            int[] gpus = RankList.read(group, alone.cluster().gpus());
            if (gpus.length < 2) {
                throw new IllegalArgumentException("--group has " + gpus.length + " rank; must have at least 2");
            }
            if (kind == CollectiveKind.SEND_RECV && gpus.length != 2) {
                throw new IllegalArgumentException("send-recv needs --group with a sender and a receiver, such as 0,8");
            }
            return gpus;
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private BenchCall call(int[] gpus) {
        try {
            return new BenchCall(kind, gpus, skew, grain);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private CollectiveBench run(Collectives collectives, BenchCall call, double[] range) {
        try {
            return CollectiveBench.run(restricted(collectives), call, range[0], range[1]);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private Collectives restricted(Collectives all) {
        Collectives left = all.restrictedTo(new Restriction(algorithms, protocols));
        if (tuner.isEmpty()) {
            return left;
        }
        return left.tunedBy(Tuners.byName(tuner)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--tuner is \"" + tuner + "\"; must be one of " + String.join(", ", Tuners.names()))));
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

    private static String json(CollectiveBench bench, List<Interval> intervals) {
        JsonText json = new JsonText().beginObject().field("schema", "dryrun/network-bench/1");
        json.field("kind", bench.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.field("ranks", bench.ranks()).field("collectives", Entry.kebab(bench.grain()));
        json.key("rows").beginArray();
        for (int i = 0; i < bench.rows().size(); i++) {
            CollectiveBench.Row row = bench.rows().get(i);
            json.beginObject().field("message_bytes", row.bytes()).field("time_s", row.seconds());
            json.field("algorithm_bytes_per_s", row.algorithmBytesPerSecond());
            json.field("bus_bytes_per_s", row.busBytesPerSecond());
            json.field("algorithm", row.algorithm())
                    .field("protocol", row.protocol().key());
            json.field("bottleneck", row.bottleneck());
            json.field("time_low_s", intervals.get(i).lowSeconds());
            json.field("time_high_s", intervals.get(i).highSeconds());
            json.field("basis", Entry.kebab(intervals.get(i).basis())).endObject();
        }
        return json.endArray().endObject().toString();
    }
}
