// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import java.util.List;
import java.util.Locale;

/// Which class of network a source's word means: that of its name, else the one with the same transport.
final class NetworkWords {
    /// A class of network, and words of which its like have one in their names.
    private record Family(String networkClass, List<String> words) {}

    private static final List<Family> FAMILIES = List.of(
            new Family("efa", List.of("efa", "srd")),
            new Family("tcpxo", List.of("tcpx", "fastrak")),
            new Family("slingshot", List.of("slingshot", "cxi", "cassini")),
            new Family(
                    "rdma",
                    List.of("rdma", "ib-", "infiniband", "roce", "omni", "opa", "edr", "hdr", "ndr", "xdr", "sharp")),
            new Family("tcp", List.of("tcp", "socket", "ethernet", "gvnic", "ena")));

    private NetworkWords() {}

    /// @return the word itself where no family has it
    static String classOf(String word, CollectiveConstants constants) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || constants.network(lower).isPresent()) {
            return lower;
        }
        return FAMILIES.stream()
                .filter(family -> family.words().stream().anyMatch(lower::contains))
                .map(Family::networkClass)
                .findFirst()
                .orElse(lower);
    }
}
