// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import java.util.regex.Pattern;

/// A line of a log without what launchers and collectors of logs write before it.
final class LogLine {
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

    /// `mpirun --tag-output` and `--timestamp-output`, of any release; `srun --label`; time stamps of containers; the
    /// host, as parallel shells print it; and the name of a pod. The last two only before what a benchmark may print.
    private static final Pattern PREFIX = Pattern.compile("^(?:[^<>#]{0,120}<std(?:out|err|diag)>:\\s?"
            + "|\\s{0,4}\\d{1,6}: "
            + "|\\d{4}-\\d\\d-\\d\\dT\\S+\\s+(?:std(?:out|err)\\s+[FP]\\s+)?"
            + "|[A-Za-z][\\w.-]*:\\s(?=\\s*(?:#|\\d+\\s+\\d+\\s))"
            + "|\\[?[A-Za-z][\\w./-]*\\]?\\s*\\|\\s(?=\\s*(?:#|\\d+\\s+\\d+\\s)))");

    private LogLine() {}

    /// The line as the benchmark printed it.
    static String bare(String written) {
        String line = COLOURS.matcher(written).replaceAll("");
        String before;
        do {
            before = line;
            line = PREFIX.matcher(line).replaceFirst("");
        } while (!line.equals(before));
        return line.stripTrailing();
    }
}
