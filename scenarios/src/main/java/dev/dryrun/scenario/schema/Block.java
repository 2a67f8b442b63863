// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Questions;
import dev.dryrun.hardware.catalog.Wanted;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// A mapping as its readers know it: what they asked for at which key, in the order in which they first did.
final class Block implements Questions {
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
    private final Set<String> bringing = new LinkedHashSet<>();
    private boolean closed;

    @Override
    public void asked(String pointer, String key, Wanted wanted) {
        at(pointer).key(key).add(wanted);
    }

    @Override
    public void closed(String pointer) {
        at(pointer).closed = true;
    }

    /// Notes that a key of a mapping names a file which brings along what else the mapping has to have.
    void brings(String pointer, String key) {
        asked(pointer, key, new Wanted.Text());
        standsInFor(pointer, key);
    }

    /// Notes that a key of a mapping says what its required keys say otherwise.
    void standsInFor(String pointer, String key) {
        at(pointer).bringing.add(key);
    }

    Set<String> bringing() {
        return bringing;
    }

    /// Notes that a reader misses a field where it is absent.
    ///
    /// @param field its dotted name, such as `cluster.node`
    void require(String field) {
        int dot = field.lastIndexOf('.');
        Block block = dot < 0 ? this : at("/" + field.substring(0, dot).replace('.', '/'));
        block.required.add(field.substring(dot + 1));
    }

    /// Takes over what another reading of the same mapping asked for.
    void add(Block other) {
        other.keys.forEach((name, key) -> key(name).addAll(key));
        closed |= other.closed;
    }

    Map<String, Key> keys() {
        return keys;
    }

    Set<String> required() {
        return required;
    }

    /// Whether its reader refuses other keys.
    boolean isClosed() {
        return closed;
    }

    private Key key(String name) {
        return keys.computeIfAbsent(name, absent -> new Key());
    }

    /// The block at a JSON pointer; all items of a list are one.
    private Block at(String pointer) {
        Block block = this;
        for (String part : pointer.split("/", -1)) {
            boolean item = part.isEmpty() || part.chars().allMatch(Character::isDigit);
            block = item ? block : block.key(part).below();
        }
        return block;
    }
}
