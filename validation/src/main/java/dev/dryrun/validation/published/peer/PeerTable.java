// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.peer;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A file of predictions: one line per row, of one simulator or of several.
///
/// | column | meaning |
/// |---|---|
/// | `id` | row of the table |
/// | `predicted` or `predicted_time_s` | seconds of a step |
/// | `peer` | who predicts; the file's name where absent |
/// | `predicted_memory_gib` | peak memory of a GPU as the allocator counts it; may be empty |
///
/// @param predictions in the order of the file
public record PeerTable(List<PeerPrediction> predictions) {
    private static final String BUILT_IN = "/dev/dryrun/validation/published/peer-predictions.csv";

    public PeerTable {
        predictions = List.copyOf(predictions);
    }

    /// The predictions that authors of other simulators published of rows of the built-in table, and those that their
    /// simulators made when they were run on them.
    public static PeerTable builtIn() {
        try (InputStream stream = PeerTable.class.getResourceAsStream(BUILT_IN)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + BUILT_IN + " is missing");
            }
            return read("peer-predictions.csv", stream, RunTable.builtIn());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// @param rows those that there are
    /// @throws UnreadableTable with all that is wrong
    public static PeerTable read(Path file, RunTable rows) {
        try (InputStream stream = Files.newInputStream(file)) {
            return read(file.toString(), stream, rows);
        } catch (NoSuchFileException missing) {
            throw refused(file, "this file does not exist");
        } catch (IOException unreadable) {
            throw refused(file, "this file cannot be read");
        }
    }

    private static PeerTable read(String name, InputStream stream, RunTable rows) throws IOException {
        Set<String> ids =
                rows.runs().stream().map(MeasuredRun::id).collect(Collectors.toCollection(LinkedHashSet::new));
        return new PeerTable(new PeerReader(name, ids).read(CsvLines.read(name, stream)));
    }

    private static UnreadableTable refused(Path file, String found) {
        return new UnreadableTable(List.of(new TableProblem(file.toString(), 0, "", found, "a CSV file", "")));
    }

    /// Who predicts, in order of first appearance.
    public List<String> peers() {
        return predictions.stream().map(PeerPrediction::peer).distinct().toList();
    }
}
