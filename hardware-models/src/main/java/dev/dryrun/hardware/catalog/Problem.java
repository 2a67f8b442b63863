// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// Something in a file that cannot be right, in words for the person who wrote it.
///
/// @param at where it stands
/// @param field dotted name of the field, such as `strategy.tensor`; empty for the file as a whole
/// @param found what was found there: `6`, `"dgx"`, `missing`; empty where the rule is a sentence of its own
/// @param expected the rule, to be read after "but": `must divide the 8 GPUs of a node`
/// @param remedy what would be right, to be read after "Maybe"; empty where nobody knows
public record Problem(Position at, String field, String found, String expected, String remedy) {
    /// The problem in one line.
    public String message() {
        var text = new StringBuilder(at.toString()).append(": ").append(field.isEmpty() ? "the file" : field);
        text.append(found.isEmpty() ? ": " : " is " + found + ", but ")
                .append(expected)
                .append('.');
        if (!remedy.isEmpty()) {
            text.append(" Maybe ").append(remedy);
            char last = remedy.charAt(remedy.length() - 1);
            if (last != '.' && last != '?') {
                text.append('.');
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return message();
    }
}
