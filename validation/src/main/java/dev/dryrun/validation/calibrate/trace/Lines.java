// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import java.util.Locale;

/// Text in the making, line by line.
final class Lines {
    private final StringBuilder out = new StringBuilder();

    void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
