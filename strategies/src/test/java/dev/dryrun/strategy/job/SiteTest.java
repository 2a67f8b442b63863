// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteTest {
    private static final String ROOM = """
        name: my-room
        ring_efficiency: 0.8
        message_latency: 9 us
        bulk_latency: {value: 50 us, status: fitted}
        library:
          name: nccl
          base: 12 us
          ll_network: 0.05
          links: [{name: nvlink4, ring: 0.7, in_switch: 0.5}, {name: unknown9, ring: 0.1}]
        """;

    private final Problems problems = new Problems();

    private Site read(String text) {
        return Site.read(Document.read("room.yaml", text, problems).root());
    }

    /// What a site knows takes the place of the library's constants; all else stays.
    @Test
    void aLibraryIsAsTheSiteKnowsIt() {
        CollectiveLibrary held = CollectiveLibrary.named("nccl");
        CollectiveLibrary here = read(ROOM).library().applyTo(held);
        problems.throwIfAny();
        assertEquals(12e-6, here.baseSeconds(), 1e-18);
        assertEquals(0.05, here.networkLowLatencyShare());
        assertEquals(0.7, here.linkEfficiency("nvlink4").ring());
        assertEquals(0.5, here.linkEfficiency("nvlink4").inSwitchShare());
        assertEquals(
                held.linkEfficiency("nvlink4").ll128Share(),
                here.linkEfficiency("nvlink4").ll128Share());
        assertEquals(held.linkEfficiency("nvlink5"), here.linkEfficiency("nvlink5"));
        assertEquals(held.bulkHopSeconds(), here.bulkHopSeconds());
        assertEquals(held.links().keySet(), here.links().keySet());
    }

    @Test
    void anotherLibraryStaysAsItIs() {
        CollectiveLibrary rccl = CollectiveLibrary.named("rccl");
        assertSame(rccl, read(ROOM).library().applyTo(rccl));
    }

    @Test
    void hostsCostNothingUnlessTold() {
        assertEquals(SiteHosts.NONE, read(ROOM).hosts());
        assertEquals(new SiteHosts(0, 2), read("hosts: {step: 2 s}").hosts());
        problems.throwIfAny();
    }

    @Test
    void allProblemsOfASiteAreTold() {
        read("""
            message_latency: 9 us
            bulk_latency: 5 us
            hosts: {step: 3, zzz: 1}
            library: {base: 1, zzz: 1, links: [{ring: 2}]}
            """);
        assertEquals(
                List.of(
                        "bulk_latency",
                        "hosts.step",
                        "hosts.zzz",
                        "library.name",
                        "library.base",
                        "library.zzz",
                        "library.links[0].name",
                        "library.links[0].ring"),
                problems.all().stream().map(Problem::field).toList());
    }
}
