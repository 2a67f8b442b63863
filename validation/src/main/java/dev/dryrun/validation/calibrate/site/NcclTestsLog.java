// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.List;

/// One run of a program of nccl-tests or rccl-tests, as its output shows it.
///
/// @param file name of the log
/// @param line of the log at which the run begins, counted from 1
/// @param collective as nccl-tests calls it (`all_reduce`, `alltoall`, ...); empty where the log does not say
/// @param gpu product name without the vendor's; empty where no devices are listed
/// @param nodes hosts that the list of devices names; 0 where there is none
/// @param gpus devices of the list, or ranks that the header counts
/// @param launch how the processes drive the GPUs
/// @param rows in order
record NcclTestsLog(
        String file, int line, String collective, String gpu, int nodes, int gpus, Launch launch, List<Row> rows) {
    NcclTestsLog {
        rows = List.copyOf(rows);
    }

    /// A size.
    ///
    /// @param line of the log
    /// @param seconds out of place, or in place where nothing else was timed
    record Row(int line, double bytes, double seconds) {}
}
