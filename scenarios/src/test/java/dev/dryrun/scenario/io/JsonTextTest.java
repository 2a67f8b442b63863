// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonTextTest {
    @Test
    void keysKeepTheirOrderAndWhatIsAbsentIsLeftOut() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1.5);
        map.put("a", List.of("x", true, 7L));
        map.put("none", Map.of());
        JsonText json = new JsonText()
                .beginObject()
                .field("b", 0.1)
                .field("absent", OptionalDouble.empty())
                .field("m", map);
        assertEquals("""
            {
              "b": 0.1,
              "m": {
                "z": 1.5,
                "a": [
                  "x",
                  true,
                  7
                ],
                "none": {}
              }
            }
            """, json.endObject().toString());
    }

    @Test
    void textIsEscapedSoThatItReadsBack() {
        String text = "quote \" backslash \\ line\nbell\u0007 tab\t \u00e4 \u4e2d \ud83d\ude00 \u2028";
        String json = new JsonText().value(text).toString();
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            assertEquals(text, parser.getString());
        }
    }

    @Test
    void whatIsNoNumberIsRefused() {
        assertThrows(IllegalStateException.class, () -> new JsonText().value(Double.NaN));
        assertThrows(IllegalStateException.class, () -> new JsonText().value(Double.POSITIVE_INFINITY));
    }
}
