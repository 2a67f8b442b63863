// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.OptionalDouble;

/// How a release of a library chooses among its algorithms: by times that it computes itself, right or wrong.
public interface Tuner {
    String name();

    /// Catalog name of the library that chooses so.
    String library();

    /// What it takes the algorithms to cost for a collective over a group.
    Table table(CollectiveKind kind, Group group);

    /// Times by algorithm and protocol.
    interface Table {
        /// Seconds that the library expects; empty where it does not have the algorithm for this collective and group.
        OptionalDouble seconds(String algorithm, Protocol protocol, double bytes);
    }
}
