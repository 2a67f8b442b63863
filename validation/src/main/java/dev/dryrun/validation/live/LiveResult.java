// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import java.util.List;
import java.util.Optional;

/// What came of a live validation.
///
/// @param machine name of the entries that predicted
/// @param functionTest the training of four ranks, whose time was not predicted; empty where there is none
record LiveResult(String machine, List<LiveRow> rows, Optional<Measured> functionTest) {
    LiveResult {
        rows = List.copyOf(rows);
    }
}
