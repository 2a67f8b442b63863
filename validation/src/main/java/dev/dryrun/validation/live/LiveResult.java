// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import java.util.List;

/// What came of a live validation.
///
/// @param machine name of the entries that predicted
/// @param ofFour the training of four processes, whose time was not predicted
record LiveResult(String machine, List<LiveRow> rows, Measured ofFour) {
    LiveResult {
        rows = List.copyOf(rows);
    }
}
