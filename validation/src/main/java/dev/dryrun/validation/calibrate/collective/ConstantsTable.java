// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.validation.calibrate.collective.CollectiveFit.Fitted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Fitted constants for people: value, range, what it was drawn to, and the rows that say most about it.
final class ConstantsTable {
    /// Half of the range from the 10th to the 90th percentile of a normal distribution, in standard deviations.
    private static final double TENTH = 1.2816;

    private static final int NAMED = 2;

    private final Evidence evidence;
    private final Fitted fitted;

    ConstantsTable(Evidence evidence, Fitted fitted) {
        this.evidence = evidence;
        this.fitted = fitted;
    }

    String text() {
        var text = new StringBuilder();
        String row = "%-34s %10s %-22s %10s  %s%n";
        text.append(String.format(row, "constant", "value", "10-90 %", "published", "rows that say most"));
        for (Constant constant : Constant.values()) {
            String published = constant.text(constant.published());
            text.append(String.format(
                    row,
                    constant.title(),
                    constant.text(value(constant)),
                    range(constant),
                    published,
                    String.join(", ", informants(constant))));
        }
        return text.toString();
    }

    double value(Constant constant) {
        return fitted.constants().of(constant);
    }

    /// From the 10th to the 90th percentile.
    String range(Constant constant) {
        double factor = Math.exp(TENTH * fitted.deviations()[constant.ordinal()]);
        return constant.text(value(constant) / factor) + " to " + constant.text(value(constant) * factor);
    }

    /// The kinds of row that inform most about a constant, each with its share of the information; none where what is
    /// published says more.
    private List<String> informants(Constant constant) {
        double[] information = fitted.information()[constant.ordinal()];
        Map<String, Double> byKind = new TreeMap<>();
        var next = new int[1];
        evidence.forEachRow((one, measured) -> {
            String kind = "%s x %d %s"
                    .formatted(
                            measured.sweep().setup().gpu(),
                            one.benchmark().gpus().size(),
                            measured.sweep().collective());
            byKind.merge(kind, information[next[0]++], Double::sum);
        });
        double all = byKind.values().stream().mapToDouble(value -> value).sum();
        double drawn = 1 / (constant.spread() * constant.spread());
        var names = new ArrayList<String>();
        if (all < drawn) {
            names.add("what is published, mostly");
        }
        byKind.entrySet().stream()
                .sorted(Comparator.comparingDouble(kind -> -kind.getValue()))
                .filter(kind -> kind.getValue() > 0.1 * all && all > 0.1 * drawn)
                .limit(NAMED)
                .forEach(kind -> names.add(
                        String.format(Locale.ROOT, "%s %.0f %%", kind.getKey(), 100 * kind.getValue() / all)));
        return names;
    }
}
