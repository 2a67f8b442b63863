// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user wants of a calibration to past runs.
///
/// @param runs files with the columns of the table of measured runs
/// @param gemms files of timed matrix products
/// @param write folder of a catalog for what is found; null to print only
/// @param name of the entries; null for the usual one
/// @param force whether files that are there may be overwritten
/// @param catalog folders of the user's own catalog files
public record RunsRequest(
        List<Path> runs,
        List<Path> gemms,
        @Nullable Path write,
        @Nullable String name,
        boolean force,
        List<Path> catalog) {
    public RunsRequest {
        runs = List.copyOf(runs);
        gemms = List.copyOf(gemms);
        catalog = List.copyOf(catalog);
    }

    /// The name that entries get.
    String entryName() {
        return name == null ? "my-runs" : name;
    }
}
