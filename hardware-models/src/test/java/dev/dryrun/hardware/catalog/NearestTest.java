// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "'', abc, 3", "abc, abc, 0", "ab, ba, 1", "netwrok, network, 1"})
    void editsAreCounted(String from, String to, int edits) {
        assertEquals(edits, Nearest.edits(from, to));
        assertEquals(edits, Nearest.edits(to, from));
    }

    @Test
    void onlyNearNamesAreOffered() {
        var known = List.of("dgx-a100-40gb", "dgx-a100-80gb", "hgx-h100");
        assertEquals("\"dgx-a100-80gb\"", Nearest.quoted("dgx-a100-80g", known));
        assertEquals("\"hgx-h100\"", Nearest.quoted("HGX-H100", known));
        assertEquals("\"dgx-a100-40gb\" or \"dgx-a100-80gb\"", Nearest.quoted("dgx-a100", known));
        assertEquals("\"dgx-a100-40gb\" or \"dgx-a100-80gb\"", Nearest.quoted("dgx", known));
        assertEquals("", Nearest.quoted("tpu", known));
    }
}
