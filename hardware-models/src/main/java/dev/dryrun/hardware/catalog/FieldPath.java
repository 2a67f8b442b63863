// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// Where a value stands in its document: as a JSON pointer, `/links/0/ring~1tree`, and as a message names it,
/// `links[0].ring/tree`.
final class FieldPath {
    private FieldPath() {}

    /// The pointer of a key of a mapping; the mapping's own where the key is empty.
    static String below(String pointer, String key) {
        return key.isEmpty() ? pointer : pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    /// The field as messages name it; empty for the root.
    static String shown(String pointer) {
        var field = new StringBuilder();
        for (String part : pointer.split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            boolean index = part.chars().allMatch(Character::isDigit);
            String name = part.replace("~1", "/").replace("~0", "~");
            field.append(index ? "[" + name + "]" : field.isEmpty() ? name : "." + name);
        }
        return field.toString();
    }
}
