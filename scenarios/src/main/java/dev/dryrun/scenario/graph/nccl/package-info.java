// SPDX-License-Identifier: Apache-2.0
/// The XML in which NCCL and RCCL keep the topology that they find (`NCCL_TOPO_DUMP_FILE`).
@NullMarked
package dev.dryrun.scenario.graph.nccl;

import org.jspecify.annotations.NullMarked;
