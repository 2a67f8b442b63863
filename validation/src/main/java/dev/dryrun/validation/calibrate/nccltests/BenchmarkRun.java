// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import dev.dryrun.hardware.catalog.Position;
import java.util.List;

/// One run of one benchmark over sizes.
///
/// @param at where it begins
/// @param collective as its program is called, without `_perf`: `all_reduce`; empty where nothing says it
/// @param gpusOfProcess GPUs that one process drives
/// @param members in the order of the log; empty where it introduces none
/// @param samples in the order of the log, those with a time only
/// @param date of the run, year first; empty where the log has none
/// @param complete whether its last lines are there
public record BenchmarkRun(
        Position at,
        String collective,
        int gpusOfProcess,
        List<Member> members,
        List<Sample> samples,
        String date,
        boolean complete) {
    public BenchmarkRun {
        members = List.copyOf(members);
        samples = List.copyOf(samples);
    }

    /// The run where the collective is known from elsewhere.
    public BenchmarkRun named(String other) {
        return new BenchmarkRun(at, other, gpusOfProcess, members, samples, date, complete);
    }
}
