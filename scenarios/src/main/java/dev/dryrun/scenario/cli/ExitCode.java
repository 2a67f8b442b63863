// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

/// What the process tells its caller.
final class ExitCode {
    static final int DONE = 0;
    /// The answer is no: it does not fit, something was assumed, it never ends.
    static final int NO = 1;
    static final int BAD_INPUT = 2;
    /// A mistake of this program.
    static final int INTERNAL = 3;

    private ExitCode() {}
}
