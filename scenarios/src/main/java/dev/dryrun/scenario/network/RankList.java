// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A group as people write it: `all`, or numbers and ranges such as `0-7`, `0-63:8` (every eighth), `0,8,16`.
public final class RankList {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,8})(?:-(\\d{1,8})(?::(\\d{1,8}))?)?");

    private RankList() {}

    /// The ranks in the order written.
    ///
    /// @throws IllegalArgumentException saying what is wrong with the text
    public static int[] read(String written, int gpus) {
        if (written.equals("all")) {
            return range(0, gpus - 1, 1);
        }
        boolean[] seen = new boolean[gpus];
        int[] ranks = new int[gpus];
        int size = 0;
        for (String part : written.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + part + "\" is no rank and no range; must be all, 0-7, 0-63:8 or 0,8,16");
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            int stride = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
            if (last >= gpus || first > last || stride == 0) {
                throw new IllegalArgumentException(
                        "\"" + part + "\" must rise within ranks 0 to " + (gpus - 1) + ", in steps of 1 or more");
            }
            for (int rank : range(first, last, stride)) {
                if (seen[rank]) {
                    throw new IllegalArgumentException("rank " + rank + " is there twice; a group has each rank once");
                }
                seen[rank] = true;
                ranks[size++] = rank;
            }
        }
        return Arrays.copyOf(ranks, size);
    }

    private static int[] range(int first, int last, int stride) {
        int[] ranks = new int[(last - first) / stride + 1];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = first + i * stride;
        }
        return ranks;
    }
}
