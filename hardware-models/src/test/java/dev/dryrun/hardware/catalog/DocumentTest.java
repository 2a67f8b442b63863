// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTest {
    private final Problems problems = new Problems();

    @Test
    void everyValueKnowsItsPlace() {
        var document = Document.read(
                "a.yaml",
                "name: a\nnodes: 4\ngpu:\n  name: h\n  tflop: 3\nracks:\n  - {id: 1}\n  - {idd: 2}\n",
                problems);
        assertEquals(new Position("a.yaml", 2, 8), document.positionOf("/nodes"));
        assertEquals(new Position("a.yaml", 5, 10), document.positionOf("/gpu/tflop"));
        assertEquals(new Position("a.yaml", 8, 11), document.positionOf("/racks/1/idd"));
        assertEquals(document.positionOf("/gpu"), document.positionOf("/gpu/absent"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void jsonIsReadWithPlacesToo() {
        var document = Document.read("a.json", "{\n\t\"nodes\": 4,\n\t\"gpu\": {\"tflop\": 3}\n}", problems);
        assertEquals(new Position("a.json", 2, 11), document.positionOf("/nodes"));
        assertEquals(3, document.root().child("gpu").integer("tflop", 1, 9));
        assertTrue(problems.isEmpty());
    }

    @Test
    void aDocumentLaidOverAnotherKeepsPlacesOfBoth() {
        var base = Document.read("base.yaml", "a: 1\nb: {c: 2, d: x}\nlist: [1, 2]\n", problems);
        var over = Document.read("over.yaml", "b:\n  c: 5\nlist: [7]\ne: 9\n", problems)
                .over(base);
        assertEquals(
                "{a=1, b={c=5, d=x}, list=[7], e=9}", String.valueOf(over.root().plain()));
        assertEquals("base.yaml:1:4", over.positionOf("/a").toString());
        assertEquals("over.yaml:2:6", over.positionOf("/b/c").toString());
        assertEquals("base.yaml:2:14", over.positionOf("/b/d").toString());
    }

    @Test
    void scalarsFollowTheRulesOfYaml12() {
        var root = Document.read("a.yaml", "a: 1e3\nb: '8'\nc: true\nd: ~\ne: 300e9\nf: no\ng: 0.5\n", problems)
                .root();
        assertEquals(1000, root.integer("a", 0, 2000));
        assertEquals("8", root.text("b"));
        assertTrue(root.flag("c", false));
        assertFalse(root.has("d"));
        assertEquals(300e9, root.number("e", 0, 1e15));
        assertEquals("no", root.text("f"));
        assertEquals(
                Map.of("a", 1000L, "b", "8", "c", true, "e", 300_000_000_000L, "f", "no", "g", 0.5),
                withoutNull(root.plain(), "d"));
        assertTrue(problems.isEmpty());
    }

    private static Map<String, @Nullable Object> withoutNull(Map<String, @Nullable Object> map, String key) {
        assertNull(map.remove(key));
        return map;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                  | a.yaml:1:1: the file is empty, but must hold a mapping of keys to values.
        '# only a comment'  | a.yaml:1:1: the file is empty, but must hold a mapping of keys to values.
        'hello there'       | a.yaml:1:1: the file is "hello there", but must hold a mapping of keys to values.
        '- 1'               | a.yaml:1:1: the file is a list, but must hold a mapping of keys to values.
        'a: 1\\nb: 2\\na: 3' | a.yaml:3:1: "a" is given twice, but a key stands once in a mapping (first on line 1). Maybe delete one.
        'a: &x 1\\nb: *x'   | a.yaml:2:4: the file is using the alias *x, but aliases are not read. Maybe write the value out, or use extends.
        """)
    void whatCannotBeReadIsAProblemWithItsPlace(String yaml, String message) {
        Document.read("a.yaml", yaml.replace("\\n", "\n"), problems).root();
        assertEquals(
                List.of(message), problems.all().stream().map(Problem::message).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "a.yaml,'a: [1, 2'",
        "a.yaml,'a: \"x'",
        "a.yaml,'a: b: c'",
        "a.yaml,'\tx: 1'",
        "a.json,'{\"a\": }'",
        "a.json,'{\"a\": NaN}'",
        "a.json,'x'"
    })
    void whatIsNoYamlOrJsonIsOneProblem(String name, String text) {
        assertFalse(Document.read(name, text, problems).readable());
        assertEquals(1, problems.count());
        String message = problems.all().getFirst().message();
        assertTrue(message.contains(name.endsWith("json") ? "not JSON" : "not YAML"), message);
    }

    @Test
    void deepNestingIsAProblem() {
        Document.read("a.yaml", "a: " + "[".repeat(5000) + "]".repeat(5000), problems);
        Document.read("a.json", "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}", problems);
        assertEquals(2, problems.count());
        assertTrue(problems.all().stream().allMatch(p -> p.found().startsWith("nested")), problems.all()::toString);
    }

    @Test
    void anAbsentFileAFolderAndBytesAreProblems(@TempDir Path folder) throws Exception {
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Document.read(bytes, problems);
        Document.read(folder, problems);
        Document.read(folder.resolve("absent.yaml"), problems);
        assertEquals(
                List.of("a folder", "absent", "not text"),
                problems.all().stream().map(Problem::found).sorted().toList());
    }
}
