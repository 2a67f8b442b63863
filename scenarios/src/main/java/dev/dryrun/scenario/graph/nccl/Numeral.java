// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

/// Whole numbers in attributes.
final class Numeral {
    private Numeral() {}

    /// The number; the other where the text is none.
    static int whole(String written, int otherwise) {
        return written.matches("-?\\d{1,9}") ? Integer.parseInt(written) : otherwise;
    }
}
