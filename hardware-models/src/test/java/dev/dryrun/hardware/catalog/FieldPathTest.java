// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FieldPathTest {
    /// Escapes of RFC 6901: `~1` is a slash and `~0` a tilde, so that `~01` is a tilde and a one.
    @Test
    void keysWithSlashesAndTildesComeBack() {
        String pointer = FieldPath.below(FieldPath.below(FieldPath.below("", "links") + "/0", "a/b"), "~1");
        assertEquals("/links/0/a~1b/~01", pointer);
        assertEquals("links[0].a/b.~1", FieldPath.shown(pointer));
    }

    @Test
    void theMappingItselfHasNoKey() {
        assertEquals("/links", FieldPath.below("/links", ""));
        assertEquals("", FieldPath.shown(""));
    }
}
