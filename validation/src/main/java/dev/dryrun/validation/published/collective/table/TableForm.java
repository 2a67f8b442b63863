// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.List;

/// A form in which sources publish sweeps. A new one is a class and a line in [#ALL].
interface TableForm {
    /// Forms known.
    List<TableForm> ALL = List.of(new SweepTable(), new VtrainTrace(), new VidurNetwork());

    /// Whether a file with this header is of the form.
    boolean has(List<String> header);

    /// The rows.
    ///
    /// @param file name of the file as the user gave it
    /// @param lines records of the file, header first
    /// @param problems takes everything that is wrong
    List<MeasuredCollective> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems);
}
