// SPDX-License-Identifier: Apache-2.0
/// Matrices that `nvidia-smi topo -m` and `rocm-smi --showtopo` print.
@NullMarked
package dev.dryrun.scenario.graph.smi;

import org.jspecify.annotations.NullMarked;
