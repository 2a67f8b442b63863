// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeaveOutTest {
    private static final Set<String> FAMILIES = Set.of("bloom", "korthikanti");

    /// Only runs of Jean Zay tell of its network, so that without them nothing is known but the prior.
    @Test
    void whatOnlyTheGroupTellsIsAtThePrior() {
        List<MeasuredRun> runs = RunTable.builtIn().runs().stream()
                .filter(run -> FAMILIES.contains(run.family()))
                .toList();
        LeaveOut.Result result = new LeaveOut(new Catalog(List.of()), steps -> () -> {}).of(runs);
        RunFit all = result.fit();
        int ring = parameter(all, "ring_efficiency");
        assertTrue(all.identified(ring));
        assertTrue(all.value(ring) < 0.5, () -> "ring efficiency " + all.value(ring));
        for (LeaveOut.Group group : result.groups()) {
            boolean bloom = group.families().contains("bloom");
            assertEquals(!bloom, group.fit().identified(ring));
            if (bloom) {
                assertEquals(1, group.fit().deviations()[ring], 1e-9);
                Prior prior = all.evidence().parameters().get(ring).prior();
                assertEquals(prior.centre(), group.fit().value(ring), 1e-6);
            }
        }
        assertEquals(runs.size(), result.leftOut().overall().simulated());
        assertFalse(result.leftOut().families().isEmpty());
        assertTrue(result.everything().overall().mapePct().orElseThrow()
                <= result.leftOut().overall().mapePct().orElseThrow());
    }

    private static int parameter(RunFit fit, String at) {
        return IntStream.range(0, fit.evidence().parameters().size())
                .filter(p -> fit.evidence().parameters().get(p).at().equals(at))
                .findFirst()
                .orElseThrow();
    }
}
