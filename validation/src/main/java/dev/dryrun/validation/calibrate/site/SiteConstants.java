// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.SiteTuning;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.collective.mapping.CollectiveConstants;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.Optional;

/// The models of a library and a class of network as a machine room tunes them.
///
/// @param hostSeconds that one process for several GPUs adds to a benchmark's calls
record SiteConstants(Room room, SiteTuning tuning, double hostSeconds) implements CollectiveConstants {
    /// What is there before anything is tuned.
    ///
    /// @param link generation of the links inside nodes
    record Room(CollectiveLibrary library, String link, NetworkClass network) {}

    @Override
    public CollectiveLibrary library(String name) {
        return tuning.applyTo(room.library(), room.link());
    }

    @Override
    public Optional<NetworkClass> network(String name) {
        return Optional.of(tuning.applyTo(room.network()));
    }

    @Override
    public double hostSeconds(Launch launch) {
        return launch == Launch.MPI ? 0 : hostSeconds;
    }
}
