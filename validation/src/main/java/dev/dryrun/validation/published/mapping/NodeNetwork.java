// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Network interfaces of a node where a row states them and they may differ from the usual ones of that machine.
///
/// @param interfaces how many; 0 where only their sum is known
/// @param bytesPerSecond of all of them together, per direction
public record NodeNetwork(int interfaces, double bytesPerSecond) {
    private static final double GIGABIT = 1e9 / 8;
    private static final double OMNI_PATH_GBITS = 100;
    private static final double HDR_GBITS = 200;
    private static final Pattern SUM = Pattern.compile("(\\d+) ?(gb/s|gbps)[^;,]*(between nodes|node-node|a node)");
    private static final Pattern OMNI_PATH = Pattern.compile("(\\d+) omni-?path links per node");
    private static final Pattern HDR = Pattern.compile("(\\d+) connectx-6 hcas per node");

    /// The network of a row; null where its words name none: then the machine's own interfaces count.
    static @Nullable NodeNetwork read(Reading reading) {
        String words = reading.run().text(Column.INTERCONNECT).toLowerCase(Locale.ROOT);
        Matcher sum = SUM.matcher(words);
        if (sum.find()) {
            return new NodeNetwork(0, Double.parseDouble(sum.group(1)) * GIGABIT);
        }
        Matcher omniPath = OMNI_PATH.matcher(words);
        if (omniPath.find()) {
            int links = Integer.parseInt(omniPath.group(1));
            return new NodeNetwork(links, links * OMNI_PATH_GBITS * GIGABIT);
        }
        Matcher hdr = HDR.matcher(words);
        if (hdr.find()) {
            int adapters = Integer.parseInt(hdr.group(1));
            reading.assume("200 Gb/s of each adapter (HDR)");
            return new NodeNetwork(adapters, adapters * HDR_GBITS * GIGABIT);
        }
        return null;
    }
}
