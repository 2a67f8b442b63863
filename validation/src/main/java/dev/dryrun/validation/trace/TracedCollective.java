// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.List;

/// What the profiler says of a kernel of NCCL or RCCL.
///
/// @param kind such as `allreduce`, in the words of the profiler; empty where only the kernel's name tells
/// @param bytes that the collective counts, over the group for a gather and a reduce-scatter; 0 where unknown
/// @param groupSize ranks of its group; 0 where unknown
/// @param group name or description of its process group; empty where unknown
/// @param ranks of the job that are in the group; empty where the trace does not list them all
public record TracedCollective(String kind, double bytes, int groupSize, String group, List<Integer> ranks) {
    public TracedCollective {
        ranks = List.copyOf(ranks);
    }

    /// One whose ranks the trace does not list.
    public TracedCollective(String kind, double bytes, int groupSize, String group) {
        this(kind, bytes, groupSize, group, List.of());
    }

    /// Where the trace says nothing but the kernel's name.
    static final TracedCollective UNKNOWN = new TracedCollective("", 0, 0, "");
}
