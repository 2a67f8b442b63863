// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.List;

/// What a setting leaves to a library, as `NCCL_ALGO` and `NCCL_PROTO` do. Sends and all-to-alls are always there.
///
/// @param algorithms names, of [CollectiveAlgorithms#names()]; all where empty
/// @param protocols all where empty
public record Restriction(List<String> algorithms, List<Protocol> protocols) {
    public static final Restriction NONE = new Restriction(List.of(), List.of());

    public Restriction {
        algorithms = List.copyOf(algorithms);
        protocols = List.copyOf(protocols);
        for (String name : algorithms) {
            if (!CollectiveAlgorithms.names().contains(name)) {
                throw new IllegalArgumentException(
                        "algorithm is \"" + name + "\"; it must be one of " + CollectiveAlgorithms.names());
            }
        }
    }

    public static Restriction to(String... algorithms) {
        return new Restriction(List.of(algorithms), List.of());
    }

    /// The same in one protocol.
    public Restriction in(Protocol protocol) {
        return new Restriction(algorithms, List.of(protocol));
    }

    boolean leaves(CollectiveAlgorithm algorithm) {
        boolean named = algorithms.contains(algorithm.name());
        boolean usual = algorithms.isEmpty() && !algorithm.isOnlyThereWhereForced();
        return algorithm.isAlwaysThere()
                || ((named || usual) && (protocols.isEmpty() || protocols.contains(algorithm.protocol())));
    }
}
