// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.table.Rows;
import dev.dryrun.validation.published.table.RunTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceGroupsTest {
    @Test
    void familiesOfOneSourceStackAndSiteAreOneGroup() {
        List<List<String>> groups = SourceGroups.of(RunTable.builtIn().runs());
        assertTrue(groups.contains(List.of("bloom", "bloom-prequel")), groups::toString);
        assertTrue(groups.contains(List.of("dgxc-llama3.1", "dgxc-gpt3", "dgxc-nemotron4", "dgxc-grok1")));
        assertTrue(groups.contains(List.of("nemo-24.07", "nemo-long-sequence")));
        assertTrue(groups.contains(List.of("megatron-bridge")));
        assertTrue(groups.contains(List.of("megatron-sc21")), "other stacks of one repository are other groups");
        List<String> families = groups.stream().flatMap(List::stream).sorted().toList();
        assertEquals(RunTable.builtIn().families().stream().sorted().toList(), families);
    }

    /// c has a run as a has, and one as b has; so all three know of each other.
    @Test
    void aFamilyJoinsAllThatItKnows() {
        var runs = List.of(
                Rows.with("id", "1", "family", "a", "source", "x/y first"),
                Rows.with("id", "2", "family", "b", "source", "v/w first"),
                Rows.with("id", "3", "family", "c", "source", "x/y second"),
                Rows.with("id", "4", "family", "c", "source", "v/w second"),
                Rows.with("id", "5", "family", "d", "source", "x/y third", "site", "elsewhere"));
        assertEquals(List.of(List.of("a", "b", "c"), List.of("d")), SourceGroups.of(runs));
    }
}
