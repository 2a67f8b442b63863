// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Text of which every character knows where in the script it was written. A character may be a [Hole].
public final class Traced {
    static final Traced EMPTY = new Traced("", new int[0], List.of());
    private static final char HOLE = '\ufffc';

    private final String text;
    /// Place of each character in the script; -1 - k for the k-th hole.
    private final int[] from;
    private final List<Hole> holes;

    private Traced(String text, int[] from, List<Hole> holes) {
        this.text = text;
        this.from = from;
        this.holes = holes;
    }

    /// A whole script.
    public static Traced script(String text) {
        int[] from = new int[text.length()];
        Arrays.setAll(from, i -> i);
        return new Traced(text, from, List.of());
    }

    /// Text that the script does not write itself, such as a value given by the user or the result of a calculation,
    /// at the place where it is asked for.
    static Traced of(String text, int at) {
        int[] from = new int[text.length()];
        Arrays.fill(from, at);
        return new Traced(text, from, List.of());
    }

    static Traced hole(Hole hole) {
        return new Traced(String.valueOf(HOLE), new int[] {-1}, List.of(hole));
    }

    /// The text; each hole is shown as what stands there.
    @Override
    public String toString() {
        if (holes.isEmpty()) {
            return text;
        }
        var shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            shown.append(from[i] < 0 ? holes.get(-1 - from[i]).source() : String.valueOf(text.charAt(i)));
        }
        return shown.toString();
    }

    public boolean isKnown() {
        return holes.isEmpty();
    }

    /// What is not known of it, in order.
    public List<Hole> holes() {
        return holes;
    }

    public int length() {
        return text.length();
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    char charAt(int i) {
        return text.charAt(i);
    }

    public boolean isHoleAt(int i) {
        return from[i] < 0;
    }

    /// Where the i-th character was written.
    public int place(int i) {
        return from[i] < 0 ? holes.get(-1 - from[i]).at() : from[i];
    }

    /// Where the text begins, or another place where it is empty.
    public int placeOr(int whenEmpty) {
        return text.isEmpty() ? whenEmpty : place(0);
    }

    /// The characters with U+FFFC for holes, for searching.
    public String raw() {
        return text;
    }

    public Traced substring(int begin, int end) {
        if (begin == 0 && end == text.length()) {
            return this;
        }
        var builder = new Builder();
        builder.append(this, begin, end);
        return builder.build();
    }

    /// Characters replaced one by one, as for upper case.
    Traced withText(String sameLength) {
        return new Traced(sameLength, from, holes);
    }

    /// Same characters, wherever they were written; a text with holes equals none.
    boolean reads(Traced other) {
        return holes.isEmpty() && other.holes.isEmpty() && text.equals(other.text);
    }

    /// A text in the making.
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] from = new int[32];
        private final List<Hole> holes = new ArrayList<>();

        Builder append(Traced traced) {
            return append(traced, 0, traced.length());
        }

        Builder append(Traced traced, int begin, int end) {
            for (int i = begin; i < end; i++) {
                int place = traced.from[i];
                if (place < 0) {
                    holes.add(traced.holes.get(-1 - place));
                    place = -holes.size();
                }
                append(traced.text.charAt(i), place);
            }
            return this;
        }

        Builder append(char c, int place) {
            if (text.length() == from.length) {
                from = Arrays.copyOf(from, 2 * from.length);
            }
            from[text.length()] = place;
            text.append(c);
            return this;
        }

        int length() {
            return text.length();
        }

        void clear() {
            text.setLength(0);
            holes.clear();
        }

        Traced build() {
            return new Traced(text.toString(), Arrays.copyOf(from, text.length()), List.copyOf(holes));
        }
    }
}
