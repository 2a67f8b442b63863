// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.shell.Traced;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The options that a launch hands to Megatron-LM, in order.
final class Options {
    private final ArgumentTable table;
    private final List<Option> all = new ArrayList<>();

    /// Takes words apart as Megatron-LM's parser does; of an option that is given twice the last one counts.
    Options(List<Traced> words, ArgumentTable table) {
        this.table = table;
        int i = 0;
        while (i < words.size()) {
            Traced word = words.get(i++);
            if (!isOption(word)) {
                add(stray(word));
                continue;
            }
            String name = nameOf(word);
            List<Traced> values = new ArrayList<>();
            if (name.length() < word.length()) {
                values.add(word.substring(name.length() + 1, word.length()));
            } else {
                int most = most(table.find(name));
                while (i < words.size() && values.size() < most && !isOption(words.get(i))) {
                    values.add(words.get(i++));
                }
            }
            add(option(word, name, values));
        }
    }

    private static int most(@Nullable Argument argument) {
        if (argument == null) {
            return Integer.MAX_VALUE;
        }
        return switch (argument.values()) {
            case NONE -> 0;
            case ONE -> 1;
            case MANY -> Integer.MAX_VALUE;
        };
    }

    /// A word that names an option: a negative number does not.
    private static boolean isOption(Traced word) {
        return word.length() > 1
                && !word.isHoleAt(0)
                && word.raw().charAt(0) == '-'
                && !Character.isDigit(word.raw().charAt(1))
                && word.raw().charAt(1) != '.';
    }

    private static String nameOf(Traced word) {
        int equals = word.raw().indexOf('=');
        return equals < 0 ? word.toString() : word.substring(0, equals).toString();
    }

    private static Option stray(Traced word) {
        String why = word.isKnown()
                ? "stands alone; no option takes it"
                : word.holes().getFirst().source() + " "
                        + word.holes().getFirst().why() + ", so what it would add is not read";
        return new Option(word, word.toString(), List.of(), null, Effect.NOT_MODELLED, why);
    }

    private Option option(Traced word, String name, List<Traced> values) {
        Argument argument = table.find(name);
        if (argument == null) {
            String nearest = table.nearest(name);
            String why = "not an option of Megatron-LM that is known here"
                    + (nearest.isEmpty() ? "" : ". Maybe " + nearest.replace("\"", ""));
            return new Option(word, name, values, null, Effect.NOT_MODELLED, why);
        }
        boolean neutral = !argument.neutral().isEmpty()
                && values.size() == 1
                && values.getFirst().toString().equals(argument.neutral());
        Effect effect = neutral ? Effect.NO_EFFECT_ON_TIME : argument.effect();
        return new Option(word, name, values, argument, effect, neutral ? "as if absent" : argument.note());
    }

    private void add(Option option) {
        Option earlier = option.argument() == null ? null : find(option.name());
        if (earlier != null) {
            earlier.free("given again later, which counts");
        }
        all.add(option);
    }

    List<Option> all() {
        return all;
    }

    /// The last option of any of these names; null where there is none.
    @Nullable
    Option find(String... names) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (List.of(names).contains(all.get(i).name())) {
                return all.get(i);
            }
        }
        return null;
    }

    boolean has(String... names) {
        return find(names) != null;
    }
}
