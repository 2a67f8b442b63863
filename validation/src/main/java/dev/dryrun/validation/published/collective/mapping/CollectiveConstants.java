// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.Optional;

/// The constants of which predictions are made: those of the catalog, or those that a fit tries.
public interface CollectiveConstants {
    /// The library of that name; it knows every link of [GpuLinks].
    CollectiveLibrary library(String name);

    /// A class of network between nodes; empty where it is unknown.
    Optional<NetworkClass> network(String name);

    /// What a way of driving the benchmark adds to every call. It is no part of any training step.
    double hostSeconds(Launch launch);
}
