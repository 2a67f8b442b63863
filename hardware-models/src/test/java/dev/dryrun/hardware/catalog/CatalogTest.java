// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    @TempDir
    private Path folder;

    private Path write(String file, String text) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @Test
    void aFolderOfTheUserAddsNames() throws Exception {
        write("boxes/small.yaml", "gpus: 4\n");
        write("boxes/large.json", "{\"gpus\": 8}");
        write("boxes/notes.txt", "not an entry");
        var catalog = new Catalog(List.of(folder));
        assertEquals(List.of("large", "small"), catalog.names("boxes"));
        var problems = new Problems();
        Document small = Objects.requireNonNull(catalog.find("boxes", "small", problems));
        assertEquals(4, small.root().integer("gpus", 1, 8));
        assertTrue(catalog.isOfUser("boxes", "small"));
        assertTrue(problems.isEmpty());
    }

    @Test
    void anUnknownNameIsAProblemWhereItStands() throws Exception {
        write("nodes/dgx-a100-80gb-test.yaml", "gpus: 8\n");
        var problems = new Problems();
        Entry scenario = Document.read("s.yaml", "cluster:\n  node: dgx-a100-80gb-tst\n", problems)
                .root()
                .child("cluster");
        assertNull(new Catalog(List.of(folder)).find("nodes", scenario.text("node"), problems, scenario, "node"));
        assertEquals(
                "s.yaml:2:9: cluster.node is \"dgx-a100-80gb-tst\", but no such node is in the catalog. Maybe"
                        + " \"dgx-a100-80gb-test\".",
                problems.all().getFirst().message());
    }

    @Test
    void theFingerprintFollowsTheFiles() throws Exception {
        write("boxes/small.yaml", "gpus: 4\n");
        String before = new Catalog(List.of(folder)).sha256();
        assertEquals(before, new Catalog(List.of(folder)).sha256());
        write("boxes/small.yaml", "gpus: 5\n");
        assertNotEquals(before, new Catalog(List.of(folder)).sha256());
    }

    @Test
    void aFolderThatIsNoneIsBadInput() {
        var thrown = assertThrows(InvalidInputException.class, () -> new Catalog(List.of(folder.resolve("absent"))));
        assertTrue(thrown.getMessage().contains("no folder"), thrown.getMessage());
    }

    @Test
    void anEntryMayExtendAnother() throws Exception {
        write("boxes/small.yaml", "name: small\ntitle: Small box\ngpus: 4\nlinks: {count: 2, rate: 5}\n");
        write("boxes/wide.yaml", "extends: small\nlinks: {count: 8}\n");
        write("boxes/wider.yaml", "extends: wide\ntitle: Wider\ngpus: 9\n");
        var problems = new Problems();
        var catalog = new Catalog(List.of(folder));
        Entry wider =
                Objects.requireNonNull(catalog.find("boxes", "wider", problems)).root();
        assertEquals("wider", wider.text("name"));
        assertEquals("Wider", wider.text("title"));
        assertEquals(9, wider.integer("gpus", 1, 99));
        assertEquals(8, wider.child("links").integer("count", 1, 9));
        assertEquals(5, wider.child("links").integer("rate", 1, 9));
        Entry wide =
                Objects.requireNonNull(catalog.find("boxes", "wide", problems)).root();
        assertEquals("Small box, changed", wide.text("title"));
        assertTrue(problems.isEmpty(), problems.all().toString());
    }

    @Test
    void extendingInACircleOrNothingIsAProblem() throws Exception {
        write("boxes/a.yaml", "extends: b\n");
        write("boxes/b.yaml", "extends: a\n");
        write("boxes/c.yaml", "extends: bb\n");
        var problems = new Problems();
        var catalog = new Catalog(List.of(folder));
        catalog.find("boxes", "a", problems);
        catalog.find("boxes", "c", problems);
        assertEquals(2, problems.count(), problems.all().toString());
        assertTrue(
                problems.all().toString().contains("must not lead back to"),
                problems.all().toString());
        assertTrue(
                problems.all().toString().contains("no such entry is among the boxes"),
                problems.all().toString());
    }

    /// Folders of settings are often links to elsewhere.
    @Test
    void linkedFoldersAreFollowed() throws Exception {
        write("real/boxes/small.yaml", "gpus: 4\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        assertEquals(List.of("small"), new Catalog(List.of(link)).names("boxes"));
    }
}
