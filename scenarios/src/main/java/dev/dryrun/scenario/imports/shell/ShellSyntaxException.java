// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

/// A script that bash would not take, or that goes beyond what is followed; caught where the script is read.
final class ShellSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;
    private final String found;
    private final String expected;
    private final String remedy;

    ShellSyntaxException(int at, String found, String expected, String remedy) {
        super(found, null, false, false);
        this.at = at;
        this.found = found;
        this.expected = expected;
        this.remedy = remedy;
    }

    int at() {
        return at;
    }

    String found() {
        return found;
    }

    String expected() {
        return expected;
    }

    String remedy() {
        return remedy;
    }
}
