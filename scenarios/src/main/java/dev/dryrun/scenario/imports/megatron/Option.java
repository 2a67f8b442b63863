// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.shell.Traced;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An option of a launch, and what becomes of it while the script is read.
final class Option {
    private final Traced word;
    private final String name;
    private final List<Traced> values;
    private final @Nullable Argument argument;
    private Effect effect;
    private String note;
    private boolean settled;

    /// @param word that names it
    /// @param name without a value that is tied to it by an equals sign
    /// @param argument as Megatron-LM knows it; null where it does not
    Option(Traced word, String name, List<Traced> values, @Nullable Argument argument, Effect effect, String note) {
        this.word = word;
        this.name = name;
        this.values = List.copyOf(values);
        this.argument = argument;
        this.effect = effect;
        this.note = note;
    }

    String name() {
        return name;
    }

    @Nullable
    Argument argument() {
        return argument;
    }

    Effect effect() {
        return effect;
    }

    String note() {
        return note;
    }

    /// Where its name stands.
    int at() {
        return word.placeOr(0);
    }

    /// Where its first value stands; where its name does if it has none.
    int valueAt() {
        return values.isEmpty() ? at() : values.getFirst().placeOr(at());
    }

    List<Traced> values() {
        return values;
    }

    boolean hasValue() {
        return !values.isEmpty();
    }

    /// Whether all of its values are known.
    boolean isKnown() {
        return values.stream().allMatch(Traced::isKnown);
    }

    /// Its values as one text.
    String text() {
        return values.stream().map(Traced::toString).collect(Collectors.joining(" "));
    }

    /// Whether more was said of it than the table of arguments says.
    boolean isSettled() {
        return settled;
    }

    void modelled(String where) {
        settled = true;
        effect = Effect.MODELLED;
        note = where;
    }

    void free(String why) {
        settled = true;
        effect = Effect.NO_EFFECT_ON_TIME;
        note = why;
    }

    void notModelled(String why) {
        settled = true;
        effect = Effect.NOT_MODELLED;
        note = why;
    }
}
