// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;

/// A cluster without a job.
///
/// @param library that does its collectives
public record ClusterAlone(Cluster cluster, CollectiveLibrary library) {}
