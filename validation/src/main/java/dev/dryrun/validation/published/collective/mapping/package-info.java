// SPDX-License-Identifier: Apache-2.0
/// From a measured row to a benchmark on a simulated cluster: links by the GPU, network by its class, algorithms by the
/// source's words. Facts of the row only; never the name of a system.
@NullMarked
package dev.dryrun.validation.published.collective.mapping;

import org.jspecify.annotations.NullMarked;
