// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a user wants of a calibration to traces.
///
/// @param traces of ranks or runs on one kind of GPU
/// @param accelerator of the catalog; null where the traces name one
/// @param node of the catalog that the own node extends; null to write none
/// @param stack of the catalog that the job ran with and the own stack extends; null to write none
/// @param write folder of a catalog for what is found; null to print only
/// @param name of the entries; null for the usual one
/// @param force whether files that are there may be overwritten
/// @param json whether to print JSON and not text
/// @param catalog folders of the user's own catalog files
public record TraceRequest(
        List<Path> traces,
        @Nullable String accelerator,
        @Nullable String node,
        @Nullable String stack,
        @Nullable Path write,
        @Nullable String name,
        boolean force,
        boolean json,
        List<Path> catalog) {
    public TraceRequest {
        traces = List.copyOf(traces);
        catalog = List.copyOf(catalog);
    }
}
