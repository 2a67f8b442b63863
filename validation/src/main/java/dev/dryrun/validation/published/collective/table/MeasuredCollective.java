// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.table;

import java.util.OptionalDouble;

/// One measured collective: one size of one sweep, as its source states it.
///
/// @param file where it stands
/// @param line line of the file, counted from 1
/// @param sweep what was swept over sizes
/// @param bytes size as nccl-tests counts it for that collective
/// @param seconds duration
/// @param suspicious why the row is to be judged apart; empty for most
public record MeasuredCollective(String file, int line, Sweep sweep, double bytes, double seconds, String suspicious) {

    /// A run of one collective on one setup over sizes.
    ///
    /// @param system name of the machine; read by no model
    /// @param collective as nccl-tests calls it (`all_reduce`, `alltoall`, ...)
    /// @param algorithm the library's setting or choice, in the source's words
    public record Sweep(String system, Setup setup, String collective, String algorithm) {}

    /// What the collective ran on.
    ///
    /// @param gpu product name
    /// @param nodes servers; of racks that are one domain their trays
    /// @param gpus GPUs in all
    /// @param nicBytesPerSecond line rate of interfaces for each GPU used; empty where the source is silent
    /// @param networkClass kind of network between nodes; empty where the source is silent
    /// @param launch how the benchmark was driven
    public record Setup(
            String gpu, int nodes, int gpus, OptionalDouble nicBytesPerSecond, String networkClass, Launch launch) {}

    /// How a benchmark drives its GPUs. Some ways add a host cost to every call, which is a property of the benchmark.
    public enum Launch {
        /// One process for each GPU.
        MPI,
        /// One process for all GPUs.
        ONE_PROCESS,
        /// A loop in Python.
        PYTHON_LOOP
    }

    /// Where the row stands, which is unique: `collectives.csv:12`.
    public String id() {
        return file + ":" + line;
    }

    public String system() {
        return sweep.system();
    }
}
