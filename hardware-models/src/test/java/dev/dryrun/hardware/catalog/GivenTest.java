// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenTest {
    private static Given at(Object value, int line) {
        return new Given(value, new Position("train.sh", line, 5));
    }

    @Test
    void dottedKeysBecomeMappings() {
        Map<String, Given> values = new LinkedHashMap<>();
        values.put("strategy.tensor", at(8L, 12));
        values.put("strategy.pipeline.stages", at(4L, 13));
        values.put("site", at("eos", 14));
        values.put("strategy.sequence_parallel", at(true, 15));
        Document document = Document.of("train.sh", values, new Problems());
        assertEquals(
                Map.of(
                        "strategy",
                        Map.of("tensor", 8L, "pipeline", Map.of("stages", 4L), "sequence_parallel", true),
                        "site",
                        "eos"),
                document.root().plain());
        assertEquals(List.of("strategy", "site"), document.root().keys());
        assertEquals(13, document.positionOf("/strategy/pipeline/stages").line());
        assertEquals(12, document.positionOf("/strategy").line());
    }

    @Test
    void aProblemIsToldWhereTheValueWasTakenFrom() {
        var problems = new Problems();
        Document document = Document.of("train.sh", Map.of("strategy.tensor", at("eight", 12)), problems);
        document.root().child("strategy").integer("tensor", 1, 64);
        assertEquals(
                "train.sh:12:5: strategy.tensor is \"eight\", but must be a whole number from 1 to 64.",
                problems.all().getFirst().message());
    }

    @Test
    void aKeyCannotBeBothAValueAndAMapping() {
        Map<String, Given> values = Map.of("stack", at("te-2024", 1), "stack.gradients.fused", at(false, 2));
        var problems = new Problems();
        assertThrows(IllegalArgumentException.class, () -> Document.of("train.sh", values, problems));
        assertThrows(IllegalArgumentException.class, () -> at(Map.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> at(List.of(List.of()), 1));
    }

    @Test
    void aListIsReadLikeAWrittenOne() {
        var problems = new Problems();
        Map<String, Given> values = Map.of("layers", at(List.of(7L, 8L), 3), "order", at(List.of("a", "c"), 4));
        Entry root = Document.of("train.sh", values, problems).root();
        assertEquals(List.of(7, 8), root.integers("layers", 0, 10));
        assertEquals(List.of("a"), root.words("order", List.of("a", "b")));
        assertEquals(
                "train.sh:4:5: order is \"c\", but must hold words of a, b. Maybe a.",
                problems.all().getFirst().message());
    }
}
