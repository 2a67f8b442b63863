// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.fit.LeaveOut;
import dev.dryrun.validation.published.print.LeaveOutJson;
import dev.dryrun.validation.published.print.LeaveOutText;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.io.PrintStream;
import java.util.List;

/// `validate --leave-out group`.
final class LeaveOutRun {
    private static final String GROUP = "group";
    private static final int BAD_INPUT = 2;

    private LeaveOutRun() {}

    /// Predicts, prints and returns the exit code.
    static int print(
            String what, List<MeasuredRun> runs, boolean json, boolean quiet, PrintStream out, PrintStream err) {
        if (!what.equals(GROUP)) {
            err.println("--leave-out is \"" + what + "\", but must be what is left out of fits at once. Maybe " + GROUP
                    + ".");
            return BAD_INPUT;
        }
        var lines = new ProgressLines(err, quiet);
        LeaveOut.Result result = new LeaveOut(new Catalog(List.of()), lines::next).of(runs);
        lines.end();
        out.print(json ? LeaveOutJson.write(result) : LeaveOutText.write(result));
        out.flush();
        return 0;
    }
}
