// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.scenario.cli.CommandProvider;

/// Puts `compare-trace` on the command line.
public final class CompareTraceProvider implements CommandProvider {
    @Override
    public Object command() {
        return new CompareTraceCommand(System.out);
    }
}
