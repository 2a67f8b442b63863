// SPDX-License-Identifier: Apache-2.0
/// Devices, instances and edges as Keysight's InfraGraph writes them, in YAML or JSON.
@NullMarked
package dev.dryrun.scenario.graph.infragraph;

import org.jspecify.annotations.NullMarked;
