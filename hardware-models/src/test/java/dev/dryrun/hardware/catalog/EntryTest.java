// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntryTest {
    private enum Spine {
        PLAIN,
        RAIL_OPTIMISED
    }

    private final Problems problems = new Problems();

    private Entry read(String yaml) {
        return Document.read("a.yaml", yaml, problems).root();
    }

    private void expect(String... messages) {
        assertEquals(
                List.of(messages), problems.all().stream().map(Problem::message).toList());
    }

    @Test
    void wrongTypesAndRangesNameValueAndRule() {
        Entry root = read("a: eight\nb: 2.5\nc: -3\nd: '8'\ne: 1e400\nf: .inf\ng: yes\nh: [1]\n");
        for (String key : List.of("a", "b", "c", "d", "e")) {
            assertEquals(1, root.integer(key, 1, 99));
        }
        assertEquals(0, root.number("f", 0, 1));
        root.flag("g", false);
        root.text("h");
        expect(
                "a.yaml:1:4: a is \"eight\", but must be a whole number from 1 to 99.",
                "a.yaml:2:4: b is 2.5, but must be a whole number from 1 to 99.",
                "a.yaml:3:4: c is -3, but must be a whole number from 1 to 99.",
                "a.yaml:4:4: d is \"8\", but must be a whole number from 1 to 99. Maybe 8 without quotes.",
                "a.yaml:5:4: e is 1e400, but must be a whole number from 1 to 99.",
                "a.yaml:6:4: f is .inf, but must be a number from 0 to 1.",
                "a.yaml:7:4: g is \"yes\", but must be true or false.",
                "a.yaml:8:4: h is a list, but must be a text.");
    }

    @Test
    void missingKeysAreReportedWhereTheyShouldStand() {
        Entry inner = read("outer:\n  x: 1\n").child("outer");
        inner.integer("layers", 1, Long.MAX_VALUE);
        inner.text("name");
        inner.child("block").integer("nothing", 1, 2);
        inner.optionalChild("free").quantity("size", Unit.BYTES);
        expect(
                "a.yaml:2:3: outer.layers is missing, but a whole number of at least 1 is needed.",
                "a.yaml:2:3: outer.name is missing, but a text is needed.",
                "a.yaml:2:3: outer.block is missing, but a mapping is needed.",
                "a.yaml:2:3: outer.free.size is missing, but a quantity such as 80 GiB is needed.");
    }

    @Test
    void quantitiesNeedTheirUnit() {
        Entry root = read("a: 400\nb: 80 GiBs\nc: -1 GB\nd: 0 Gb/s\ne: fast\nf: 1e300 PB\n");
        root.quantity("a", Unit.BYTES_PER_SECOND);
        root.quantity("b", Unit.BYTES);
        root.quantity("c", Unit.BYTES);
        root.quantity("d", Unit.BYTES_PER_SECOND);
        root.quantity("e", Unit.SECONDS);
        root.quantity("f", Unit.BYTES);
        expect(
                "a.yaml:1:4: a is 400, but needs a unit, such as 400 Gb/s. Maybe 400 Gb/s.",
                "a.yaml:2:4: b is \"80 GiBs\", but must have a unit as in 80 GiB.",
                "a.yaml:3:4: c is \"-1 GB\", but must not be negative.",
                "a.yaml:4:4: d is \"0 Gb/s\", but must be positive.",
                "a.yaml:5:4: e is \"fast\", but must be a quantity such as 5 us.",
                "a.yaml:6:4: f is \"1e300 PB\", but must be smaller.");
    }

    @Test
    void unknownKeysAndChoicesNameTheNearest() {
        Entry root = read("netwrok: 1\nspine: rail-optimized\n");
        root.has("network");
        assertEquals(Spine.PLAIN, root.choice("spine", Spine.class, Spine.PLAIN));
        root.rejectUnknownKeys();
        expect(
                "a.yaml:1:1: netwrok is an unknown key, but must be one of network, spine. Maybe network.",
                "a.yaml:2:8: spine is \"rail-optimized\", but must be one of plain, rail-optimised. Maybe"
                        + " rail-optimised.");
    }

    @Test
    void figuresCarryTheirProvenance() {
        Entry root = read("source: sheet\n"
                + "peak: {value: 312 TFLOP/s, source: paper, date: 2020-05, status: data-sheet}\n"
                + "bare: 2 TB/s\n");
        assertEquals(
                new Figure(312e12, "paper", "2020-05", Figure.Status.DATA_SHEET),
                root.figure("peak", Unit.FLOPS_PER_SECOND));
        assertEquals(
                new Figure(2e12, "sheet", "", Figure.Status.UNVERIFIED), root.figure("bare", Unit.BYTES_PER_SECOND));
        root.rejectUnknownKeys();
        assertTrue(problems.isEmpty(), problems.all()::toString);
    }

    @Test
    void listsOfMappingsAreReadByIndex() {
        Entry root = read("racks:\n  - {id: 1}\n  - 7\n  - {id: x}\nnames: [a, b]\nsizes: [1, 2.5]\n");
        assertEquals(2, root.children("racks").size());
        root.children("racks").getLast().integer("id", 0, 9);
        assertEquals(List.of("a", "b"), root.texts("names"));
        assertEquals(List.of(1.0, 2.5), root.numbers("sizes", 0, 9));
        expect(
                "a.yaml:3:5: racks[1] is 7, but must be a mapping.",
                "a.yaml:4:10: racks[2].id is \"x\", but must be a whole number from 0 to 9.");
    }

    @Test
    void allProblemsAreThrownTogether() {
        Entry root = read("a: x\nb: y\n");
        root.integer("a", 1, 2);
        root.integer("b", 1, 2);
        var thrown = assertThrows(InvalidInputException.class, problems::throwIfAny);
        assertEquals(2, thrown.getMessage().lines().count());
    }
}
