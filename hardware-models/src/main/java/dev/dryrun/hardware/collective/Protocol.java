// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.Locale;

/// How a library of collectives marks data as there: NCCL's and RCCL's three protocols.
public enum Protocol {
    /// Synchronisation for each slice: the full rate, and the longest steps.
    SIMPLE,
    /// Four bytes of flag beside four of data: the shortest steps, half of the wires' rate at most.
    LL,
    /// Eight bytes of flag beside 120 of data.
    LL128;

    /// Its name in options and results.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
