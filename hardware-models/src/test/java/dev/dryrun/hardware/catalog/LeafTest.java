// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LeafTest {
    @Test
    void leavesStandInTheOrderOfTheFileWithTheirPlaces() {
        String json = "{\"b\": {\"x.y\": 5e8, \"n\": null},\n \"a\": [1, \"t\"], \"e\": {}, \"f\": true}";
        List<String> leaves = Document.readJson("file", json, new Problems()).leaves().stream()
                .map(leaf -> leaf.at() + " " + leaf.path() + " " + leaf.value() + " '" + leaf.text() + "'")
                .toList();
        assertEquals(
                List.of(
                        "file:1:15 [b, x.y] 500000000 '5e8'",
                        "file:1:25 [b, n] null ''",
                        "file:2:7 [a] [1, t] ''",
                        "file:2:22 [e] {} ''",
                        "file:2:31 [f] true 'true'"),
                leaves);
    }

    @Test
    void whatCannotBeReadHasNone() {
        assertEquals(List.of(), Document.readJson("file", "[1]", new Problems()).leaves());
    }
}
