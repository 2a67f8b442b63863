// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

/// Whether a command succeeds.
enum Truth {
    YES,
    NO,
    /// Only the machine could tell, but scripts are written for the case that it does.
    LIKELY,
    /// Only the machine could tell.
    OPEN;

    static Truth of(boolean yes) {
        return yes ? YES : NO;
    }

    Truth not() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case LIKELY, OPEN -> OPEN;
        };
    }

    Truth and(Truth other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == YES && other == YES ? YES : OPEN;
    }

    Truth or(Truth other) {
        return not().and(other.not()).not();
    }
}
