// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Which class of network a source's word means: that of its name, else the one with the same transport.
final class NetworkWords {
    /// A class of network, and what a word in the names of its like begins with.
    private record Family(String networkClass, Pattern words) {
        Family(String networkClass, String beginnings) {
            this(networkClass, Pattern.compile("(?<![a-z])(?:" + beginnings + ")"));
        }
    }

    private static final List<Family> FAMILIES = List.of(
            new Family("efa", "efa|srd"),
            new Family("tcpxo", "tcpx|fastrak"),
            new Family("slingshot", "slingshot|cxi|cassini"),
            new Family("rdma", "rdma|ib(?![a-z])|infiniband|roce|omni|opa|edr|hdr|ndr|xdr|sharp"),
            new Family("tcp", "tcp|socket|ethernet|gvnic|ena(?![a-z])"));

    private NetworkWords() {}

    /// @return the word itself where no family has it
    static String classOf(String word, CollectiveConstants constants) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || constants.network(lower).isPresent()) {
            return lower;
        }
        return FAMILIES.stream()
                .filter(family -> family.words().matcher(lower).find())
                .map(Family::networkClass)
                .findFirst()
                .orElse(lower);
    }
}
