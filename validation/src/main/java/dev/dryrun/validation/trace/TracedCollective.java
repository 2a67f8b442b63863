// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

/// What the profiler says of a kernel of NCCL or RCCL.
///
/// @param kind such as `allreduce`, in the words of the profiler; empty where only the kernel's name tells
/// @param bytes that the collective counts, over the group for a gather and a reduce-scatter; 0 where unknown
/// @param groupSize ranks of its group; 0 where unknown
/// @param group name or description of its process group; empty where unknown
record TracedCollective(String kind, double bytes, int groupSize, String group) {
    /// Where the trace says nothing but the kernel's name.
    static final TracedCollective UNKNOWN = new TracedCollective("", 0, 0, "");
}
