// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Ll128TreeTest extends CollectiveAlgorithmContract {
    Ll128TreeTest() {
        super(new Ll128Tree());
    }

    /// Four nodes of H100: 14 steps of the chain, 2 x 2 of the trees; the trees' 2/0.86 S bind at 0.92 x 372 GB/s.
    @Test
    void fourNodesOfH100() {
        double between = 0.92 * 8 * 50e9 * 0.93 * 0.86 / 2;
        double inside = 0.8 * 0.60 * 450e9 / 2;
        double expected = 17e-6 + 14 * 0.55e-6 + 4 * 7e-6 + 1e9 / Math.min(inside, between);
        double seconds = Machines.collectives(Machines.cluster("hgx-h100", 4, "rail-optimised"))
                .restrictedTo(Restriction.to("tree").in(Protocol.LL128))
                .aloneSeconds(CollectiveKind.ALL_REDUCE, 1e9, Machines.range(32));
        assertEquals(expected, seconds, 1e-12);
    }
}
