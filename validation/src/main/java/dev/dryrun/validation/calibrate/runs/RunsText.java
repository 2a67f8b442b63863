// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.validation.published.fit.RunFit;
import dev.dryrun.validation.published.fit.RunParameter;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A calibration to own runs for people: each run before and after, what each constant is and who says so.
final class RunsText {
    private final StringBuilder out = new StringBuilder();

    /// @param before the runs as the catalog, with the user's products where given, predicts them
    String text(List<ScoredRun> before, OwnRunsFit fit, @Nullable ProductFit products) {
        if (products != null) {
            out.append(ProductText.text(products));
        }
        constants(fit);
        runs(before, fit.fit().fitted().runs());
        return out.toString();
    }

    private void constants(OwnRunsFit fit) {
        RunFit all = fit.all();
        line(String.format(Locale.ROOT, "%-26s %-20s %12s %12s %8s", "constant", "of", "catalog", "here", "by data"));
        for (int p = 0; p < all.evidence().parameters().size(); p++) {
            RunParameter parameter = all.evidence().parameters().get(p);
            int kept = fit.kept().indexOf(p);
            line(String.format(
                    Locale.ROOT,
                    "%-26s %-20s %12s %12s %8s",
                    parameter.at(),
                    parameter.entries(),
                    parameter.shown(parameter.value()),
                    kept < 0 ? "-" : parameter.shown(fit.fit().fit().value(kept)),
                    byData(all.deviations()[p])));
        }
        line("");
        line("by data: part of what is then known of a constant that the data say; below half it stays as it was (-).");
        line("");
    }

    private static String byData(double width) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * Math.max(0, 1 - width * width));
    }

    private void runs(List<ScoredRun> before, List<ScoredRun> after) {
        line(String.format(Locale.ROOT, "%-28s %12s %10s %10s", "run", "measured s", "before %", "after %"));
        double sumBefore = 0;
        double sumAfter = 0;
        for (int i = 0; i < before.size(); i++) {
            double first = before.get(i).errorPct().orElseThrow();
            double second = after.get(i).errorPct().orElseThrow();
            sumBefore += Math.abs(first);
            sumAfter += Math.abs(second);
            OptionalDouble measured = before.get(i).measuredSeconds();
            line(String.format(
                    Locale.ROOT,
                    "%-28s %12.4g %+10.1f %+10.1f",
                    before.get(i).run().id(),
                    measured.orElseThrow(),
                    first,
                    second));
        }
        line(String.format(
                Locale.ROOT,
                "%-28s %12s %10.1f %10.1f",
                "mean absolute error",
                "",
                sumBefore / before.size(),
                sumAfter / before.size()));
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
