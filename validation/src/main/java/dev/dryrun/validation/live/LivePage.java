// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.trace.Lane;
import dev.dryrun.validation.trace.Span;
import dev.dryrun.validation.trace.TimelinePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A page with the step of each job: what its ranks did, above what was simulated.
final class LivePage {
    private static final double MILLI = 1e3;

    private LivePage() {}

    static String write(String machine, List<LiveRow> rows, Catalog catalog) {
        var page = new TimelinePage(
                "Predictions for " + machine + " beside trainings",
                "The measured step of each job, of every rank its own quickest one, above the simulated one. Point at"
                        + " a box for its name and time.");
        for (LiveRow row : rows) {
            List<Lane> measured = new ArrayList<>();
            List<Lane> simulated = new ArrayList<>();
            for (int rank = 0; rank < row.job().ranks(); rank++) {
                measured.addAll(TrainedLanes.of(row.measured().quicker().spans(), rank));
                for (Lane lane : LivePrediction.lanes(row.job(), machine, catalog, rank)) {
                    simulated.add(new Lane("rank " + rank + " " + lane.name(), lane.spans()));
                }
            }
            page.step(
                    row.job().name(),
                    String.format(
                            Locale.ROOT,
                            "Measured %.2f ms, predicted %.2f ms (%+.1f %%; %.2f to %.2f).",
                            row.measured().stepSeconds() * MILLI,
                            row.predicted().stepSeconds() * MILLI,
                            row.errorPct(),
                            row.predicted().interval().lowSeconds() * MILLI,
                            row.predicted().interval().highSeconds() * MILLI),
                    seconds(row, measured),
                    measured,
                    simulated);
        }
        return page.html();
    }

    /// The longer of the two steps.
    private static double seconds(LiveRow row, List<Lane> measured) {
        double last = measured.stream()
                .flatMap(lane -> lane.spans().stream())
                .mapToDouble(Span::endSeconds)
                .max()
                .orElse(0);
        return Math.max(
                last,
                Math.max(row.measured().quicker().stepSeconds(), row.predicted().stepSeconds()));
    }
}
