// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.scenario.evidence.ResidualCsv;
import dev.dryrun.validation.published.export.RowExport;
import dev.dryrun.validation.published.interval.RowResiduals;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.peer.PeerScore;
import dev.dryrun.validation.published.peer.PeerTable;
import dev.dryrun.validation.published.print.Judged;
import dev.dryrun.validation.published.print.docs.AccuracyTables;
import dev.dryrun.validation.published.print.docs.GeneratedBlocks;
import dev.dryrun.validation.published.print.page.ScoreboardPage;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of `validate` that compare others with us or write files.
@Command
final class ScoreboardFiles {
    @Option(
            names = "--predictions",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Score another simulator's predictions on the same rows: CSV files with id and predicted (s).")
    private List<Path> predictions = List.of();

    @Option(names = "--peers", description = "Show what Calculon and SimuMax predict beside it.")
    private boolean peers;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with charts, tables and the worst rows explained; with --live, with timelines.")
    private @Nullable Path html;

    @Option(
            names = "--export-rows",
            paramLabel = "DIR",
            description = "Write every row as a scenario, and rows.csv with the measured step times; predict nothing.")
    @Nullable
    Path exportRows;

    @Option(
            names = "--template",
            description = "Print a table for your own runs (for --data): all columns and a row as an example.")
    boolean template;

    @Option(
            names = "--write-docs",
            paramLabel = "FILE",
            description = "Put the current tables between the marks of a Markdown page (docs/accuracy.md).")
    private @Nullable Path docs;

    @Option(
            names = "--write-evidence",
            paramLabel = "FILE",
            description = "Write the errors of the built-in rows, from which simulations derive their intervals.")
    @Nullable
    Path evidence;

    /// Whether any of them is given.
    boolean any() {
        return anyButHtml() || html != null;
    }

    Optional<Path> html() {
        return Optional.ofNullable(html);
    }

    /// Whether any but the page is given.
    boolean anyButHtml() {
        return !predictions.isEmpty() || peers || exportRows != null || template || docs != null || evidence != null;
    }

    /// What others predict of the rows.
    ///
    /// @param table all rows there are, of which the board may have some
    List<PeerScore> peersOn(Scoreboard board, RunTable table) {
        var scores = new ArrayList<PeerScore>();
        for (Path file : predictions) {
            scores.addAll(PeerScore.of(board, PeerTable.read(file, table)));
        }
        if (peers || html != null || docs != null) {
            scores.addAll(PeerScore.of(board, PeerTable.builtIn()));
        }
        return scores;
    }

    /// Writes the files that were asked for.
    ///
    /// @param notes hears which
    /// @throws UnusableFile where one cannot be
    void write(Judged judged, RowResiduals residuals, PrintStream notes) {
        Scoreboard board = judged.board();
        List<PeerScore> scores = judged.peers();
        if (evidence != null) {
            write("--write-evidence", evidence, ResidualCsv.write(residuals.table(board)));
            notes.println("errors of rows: " + evidence);
        }
        if (html != null) {
            write("--html", html, ScoreboardPage.write(board, scores));
            notes.println("page: " + html);
        }
        if (docs != null) {
            try {
                String page = Files.readString(docs);
                write("--write-docs", docs, GeneratedBlocks.replace(page, AccuracyTables.of(board, scores)));
                notes.println("tables: " + docs);
            } catch (IOException unreadable) {
                throw new UnusableFile(
                        "--write-docs", docs, "must be a page that can be read, with marks for the tables");
            } catch (IllegalArgumentException marks) {
                throw new UnusableFile("--write-docs", docs, "it " + marks.getMessage());
            }
        }
    }

    /// Writes rows as scenarios.
    ///
    /// @return what was done, in words
    String export(StepSimulator simulator, List<MeasuredRun> runs, Path folder) {
        try {
            RowExport export = RowExport.write(simulator, runs, folder);
            return "%d scenarios and rows.csv in %s%s"
                    .formatted(
                            export.written(),
                            folder,
                            export.left() == 0
                                    ? ""
                                    : "; " + export.left() + " rows left out, with reasons in rows.csv");
        } catch (IOException unwritable) {
            throw new UnusableFile("--export-rows", folder, "must be a folder that can be written");
        }
    }

    private static void write(String option, Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UnusableFile(option, file, "must be a file that can be written, in a folder that exists");
        }
    }
}
