// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Ends of links as a written fabric names them: `node 0-7 nic *`, `node n nic k`, `leaf 3`, `spine 0-1`.
///
/// A number is a number, a range, `*` for all (of nodes and their interfaces), or a letter, which stands for the same
/// number at both ends of a link.
///
/// @param node of the interface; null for a switch
/// @param index of the interface in its node, or of the switch
record LinkEnd(Kind kind, @Nullable String node, String index) {
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:node (\\d{1,5}|\\d{1,5}-\\d{1,5}|\\*|[a-z]) nic|leaf|spine) (\\d{1,5}|\\d{1,5}-\\d{1,5}|\\*|[a-z])");
    private static final int MOST_SWITCHES = 65_536;

    /// The end; null where the text names none.
    static @Nullable LinkEnd read(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        String node = matcher.group(1);
        String index = matcher.group(2);
        if (node == null && index.equals("*")) {
            return null;
        }
        Kind kind = node != null ? Kind.NIC : text.strip().startsWith("leaf") ? Kind.LEAF : Kind.SPINE;
        return new LinkEnd(kind, node, index);
    }

    /// How many numbers each of its letters can stand for, into a map by letter.
    void letters(Map<String, Integer> limits, int nodes, int nics) {
        if (node != null) {
            limit(limits, node, nodes);
        }
        limit(limits, index, kind == Kind.NIC ? nics : MOST_SWITCHES);
    }

    private static void limit(Map<String, Integer> limits, String number, int limit) {
        if (isLetter(number)) {
            limits.merge(number, limit, Math::min);
        }
    }

    /// Whether a letter is bound here: only nodes and interfaces have an end.
    boolean binds(String letter) {
        return letter.equals(node) || (kind == Kind.NIC && letter.equals(index));
    }

    static boolean isLetter(String number) {
        return number.length() == 1 && Character.isLetter(number.charAt(0));
    }

    /// The devices that it names where letters have these values.
    List<Vertex> devices(Map<String, Integer> values, int nodes, int nics) {
        if (node == null) {
            return numbers(index, values, MOST_SWITCHES)
                    .mapToObj(i -> new Vertex(kind, -1, i))
                    .toList();
        }
        return numbers(node, values, nodes)
                .boxed()
                .flatMap(n -> numbers(index, values, nics).mapToObj(i -> new Vertex(Kind.NIC, n, i)))
                .toList();
    }

    private IntStream numbers(String number, Map<String, Integer> values, int limit) {
        if (number.equals("*")) {
            return IntStream.range(0, limit);
        }
        if (isLetter(number)) {
            return IntStream.of(values.getOrDefault(number, 0));
        }
        String[] ends = number.split("-", -1);
        int first = Integer.parseInt(ends[0]);
        int last = ends.length == 1 ? first : Integer.parseInt(ends[1]);
        if (first > last || last >= limit) {
            throw new IllegalArgumentException("\"" + this + "\" must stay within 0 to " + (limit - 1) + " and rise");
        }
        return IntStream.rangeClosed(first, last);
    }

    @Override
    public String toString() {
        return node == null ? kind.name().toLowerCase(Locale.ROOT) + " " + index : "node " + node + " nic " + index;
    }
}
