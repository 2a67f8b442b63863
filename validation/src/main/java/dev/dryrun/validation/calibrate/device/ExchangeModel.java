// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.LinkEfficiency;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.validation.drawn.DrawnModel;
import dev.dryrun.validation.train.ExchangeTime;
import java.util.List;
import java.util.Map;

/// What the simulator says of exchanges between two ranks of a node with these constants: logarithms of seconds.
///
/// The library is the one that [LibraryEntry] writes. Its other protocols and trees are out of reach.
record ExchangeModel(List<ExchangeTime> times, Fabric fabric) implements DrawnModel {
    private static final String LINK = "loopback";
    private static final double SPREAD = 3;
    private static final double NEVER_SECONDS = 1;
    private static final double NO_SHARE = 0.001;
    private static final double NO_RATE = 1e3;

    static ExchangeModel of(List<ExchangeTime> times) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("fabrics", "fat-tree", problems);
        problems.throwIfAny();
        if (document == null) {
            throw new IllegalStateException("the catalog has no fabric for a single node");
        }
        return new ExchangeModel(times, Fabric.read("fat-tree", document.root()));
    }

    @Override
    public int parameters() {
        return ExchangeConstant.values().length;
    }

    @Override
    public double[][] at(List<double[]> sets) {
        return sets.stream().map(this::logSeconds).toArray(double[][]::new);
    }

    private double[] logSeconds(double[] logs) {
        Collectives collectives = collectives(logs);
        return times.stream()
                .mapToDouble(time ->
                        Math.log(collectives.aloneSeconds(time.kind(), (double) time.bytes(), new int[] {0, 1})))
                .toArray();
    }

    private Collectives collectives(double[] logs) {
        double rate = ExchangeConstant.RATE.in(logs);
        var node = new NodeType("pair", "pair", "core", "gloo", 2, DomainWiring.SWITCHED, LINK, rate, 0, 0, 0);
        return new Collectives(new Cluster(node, 1, fabric).network(), library(logs), NetworkTuning.NONE);
    }

    /// The library with these constants.
    static CollectiveLibrary library(double[] logs) {
        double hop = ExchangeConstant.HOP.in(logs);
        return new CollectiveLibrary(
                "gloo",
                ExchangeConstant.BASE.in(logs),
                NEVER_SECONDS,
                NEVER_SECONDS,
                hop,
                hop,
                NEVER_SECONDS,
                NEVER_SECONDS,
                ExchangeConstant.FILL.in(logs),
                ExchangeConstant.PAIR.in(logs),
                NO_SHARE,
                NO_SHARE,
                NO_SHARE,
                NO_SHARE,
                NEVER_SECONDS,
                1,
                1,
                Map.of(LINK, new LinkEfficiency(1, NO_RATE, 0, 0, 0)));
    }

    @Override
    public double drawnTo(double[] set, int parameter) {
        return 0;
    }

    @Override
    public double spread(int parameter) {
        return SPREAD;
    }
}
