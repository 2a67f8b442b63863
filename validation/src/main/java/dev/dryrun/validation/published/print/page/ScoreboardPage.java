// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.SkippedRows;
import dev.dryrun.validation.published.peer.PeerScore;
import java.util.List;
import java.util.Locale;

/// The scoreboard as one page of HTML, which asks nothing of any other.
public final class ScoreboardPage {
    private final StringBuilder out = new StringBuilder();

    private ScoreboardPage() {}

    /// @param peers other simulators on the same rows; may be empty
    public static String write(Scoreboard board, List<PeerScore> peers) {
        var page = new ScoreboardPage();
        page.head();
        page.summary(board);
        page.charts();
        page.section("Families", "Each source of rows; overall is their mean.", PageTables.families(board));
        page.section(
                "Regimes",
                "Rows of quality A and B; each family that has some in a regime counts equally.",
                PageTables.regimes(board.runs()));
        page.section("Hardware by scale", "The same, mean absolute error.", PageTables.matrix(board.runs()));
        if (!peers.isEmpty()) {
            page.section("Other simulators", "On the rows that they predicted.", PageTables.peers(peers));
        }
        List<SkippedRows> skipped = SkippedRows.of(board.runs());
        if (!skipped.isEmpty()) {
            page.section("Not simulated", "By the first reason of each row.", PageTables.skipped(skipped));
        }
        page.section(
                "Farthest off",
                "The largest errors among rows of quality A and B, at most three of a family: what the predicted step"
                        + " is made of on the mean GPU, and what the row left open.",
                RowCards.write(RowCards.worst(board.runs())));
        page.scripts(board);
        return page.out.toString();
    }

    private void head() {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        out.append("<title>dryrun validate</title>\n<style>\n");
        out.append(PageFile.read("scoreboard.css")).append("</style>\n</head>\n<body>\n");
    }

    private void summary(Scoreboard board) {
        out.append("<h1>Predicted beside measured</h1>\n<p>");
        out.append(String.format(
                Locale.ROOT,
                "%,d rows in %d families, %,d of them simulated. ",
                board.runs().size(),
                board.families().size(),
                board.runs().stream().filter(scored -> scored.simulated()).count()));
        if (board.overall().mapePct().isPresent()) {
            out.append("Mean absolute error of the step time <b>")
                    .append(Html.one(board.overall().mapePct()))
                    .append(" %</b>, families averaged equally; bias ")
                    .append(Html.signed(board.overall().biasPct()))
                    .append(" %. ");
        }
        out.append("Errors are (predicted - measured) / measured; above the line is too slow.</p>\n");
    }

    private void charts() {
        out.append("<section>\n<h2>Rows</h2>\n<p class=\"choices\"><label>Colours <select id=\"colours\">");
        out.append("<option value=\"family\">family</option><option value=\"accelerator\">hardware</option>");
        out.append("<option value=\"scale\">scale</option><option value=\"blocks\">dense or experts</option>");
        out.append("<option value=\"nodes\">one node or several</option></select></label>\n");
        out.append("<label><input type=\"checkbox\" id=\"quality-c\"> with rows of quality C</label></p>\n");
        out.append("<div id=\"scatter\" class=\"chart tall\"></div>\n<h2>Errors</h2>\n");
        out.append("<div id=\"errors\" class=\"chart\"></div>\n<div id=\"strip\" class=\"chart tall\"></div>\n");
        out.append("</section>\n");
    }

    private void section(String title, String words, String content) {
        out.append("<section>\n<h2>")
                .append(title)
                .append("</h2>\n<p>")
                .append(words)
                .append("</p>\n");
        out.append(content).append("</section>\n");
    }

    private void scripts(Scoreboard board) {
        out.append("<script type=\"application/json\" id=\"rows\">");
        out.append(PageData.write(board.runs())).append("</script>\n<script>\n");
        out.append(PageFile.read(PageFile.CHARTS)).append("\n</script>\n<script>\n");
        out.append(PageFile.read("scoreboard.js")).append("</script>\n</body>\n</html>\n");
    }
}
