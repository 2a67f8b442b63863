// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GeneratedBlocksTest {
    private static final Map<String, String> BLOCKS = Map.of("one", "| 1 |\n|---|\n", "two", "$1 \\ two");

    @Test
    void blocksAreReplacedAndTheRestStays() {
        String page = """
            # A page
            <!-- generated: one -->
            old
            lines
            <!-- end -->
            by hand
            <!-- generated: two -->
            <!-- end -->
            the end
            """;
        String expected = """
            # A page
            <!-- generated: one -->
            | 1 |
            |---|
            <!-- end -->
            by hand
            <!-- generated: two -->
            $1 \\ two
            <!-- end -->
            the end
            """;
        assertEquals(expected, GeneratedBlocks.replace(page, BLOCKS));
        assertEquals(expected, GeneratedBlocks.replace(expected, BLOCKS));
    }

    @Test
    void unknownBlocksAndPagesWithoutAnyAreRefused() {
        var unknown = assertThrows(
                IllegalArgumentException.class,
                () -> GeneratedBlocks.replace("<!-- generated: three -->\n<!-- end -->\n", BLOCKS));
        assertTrue(String.valueOf(unknown.getMessage()).contains("\"three\""));
        assertThrows(IllegalArgumentException.class, () -> GeneratedBlocks.replace("nothing here\n", BLOCKS));
    }
}
