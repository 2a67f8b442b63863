// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The records of a CSV file (RFC 4180, UTF-8) with the lines they start on; the only class that knows the CSV library.
public final class CsvLines {
    /// One record of the file, its cells without surrounding blanks.
    public record Line(int number, List<String> cells) {}

    private CsvLines() {}

    /// All records, blank lines left out.
    ///
    /// @throws UnreadableTable where the text is not CSV
    public static List<Line> read(String file, InputStream stream) throws IOException {
        var lines = new ArrayList<Line>();
        var builder = CsvReader.builder()
                .detectBomHeader(true)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true);
        try (CsvReader<CsvRecord> reader = builder.ofCsvRecord(stream)) {
            for (CsvRecord csv : reader) {
                var cells = csv.getFields().stream().map(String::strip).toList();
                lines.add(new Line((int) csv.getStartingLineNumber(), cells));
            }
        } catch (CsvParseException broken) {
            int line = lines.isEmpty() ? 1 : lines.getLast().number() + 1;
            String rule = "comma-separated values with closed quotes";
            throw new UnreadableTable(List.of(new TableProblem(file, line, "", "what stands from here on", rule, "")));
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return lines;
    }
}
