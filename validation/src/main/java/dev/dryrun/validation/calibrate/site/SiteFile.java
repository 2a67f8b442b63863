// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.calibrate.site.SiteFit.Figure;
import java.util.List;

/// A site of the catalog from a calibration: what the logs tell, with range and source.
final class SiteFile {
    private SiteFile() {}

    /// @param name of the site
    /// @param logs names of the files
    /// @param date of the runs; empty where not given
    static String text(String name, SiteFit fit, List<String> logs, String date) {
        var text = new StringBuilder("schema: dryrun/site/1\n");
        text.append("name: ").append(name).append('\n');
        text.append("title: \"Calibrated to ").append(fit.evidence().size()).append(" rows of nccl-tests\"\n");
        text.append("source: \"fit of dryrun to ")
                .append(String.join(", ", logs).replace("\\", "/").replace("\"", "'"))
                .append("\"\n");
        text.append("date: \"").append(date.isEmpty() ? "not given" : date).append("\"\n");
        fit.figures().stream()
                .filter(figure -> figure.identified() && figure.constant().ofNetwork())
                .forEach(figure -> text.append(line("", figure)));
        List<Figure> inside = fit.figures().stream()
                .filter(figure -> figure.identified() && !figure.constant().ofNetwork())
                .toList();
        if (!inside.isEmpty()) {
            text.append("inside_nodes:\n");
            inside.forEach(figure -> text.append(line("  ", figure)));
        }
        return text.toString();
    }

    private static String line(String indent, Figure figure) {
        return "%s%s: {value: %s, status: fitted, source: \"10-90 %% range %s to %s\"}%n"
                .formatted(
                        indent,
                        figure.constant().key(),
                        SiteReport.amount(figure.constant(), figure.value()),
                        SiteReport.amount(figure.constant(), figure.low()),
                        SiteReport.amount(figure.constant(), figure.high()));
    }
}
