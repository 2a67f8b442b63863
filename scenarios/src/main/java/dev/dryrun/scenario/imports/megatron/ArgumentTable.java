// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.scenario.imports.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All arguments of Megatron-LM that are known, from `arguments.txt`.
final class ArgumentTable {
    private static final int LONGEST_NAME = 80;

    private final Map<String, Argument> arguments = new LinkedHashMap<>();

    ArgumentTable() {
        for (String line : lines()) {
            if (!line.isBlank() && line.charAt(0) != '#') {
                read(List.of(line.split(" \\| ", -1)));
            }
        }
    }

    private static List<String> lines() {
        try (InputStream file = ArgumentTable.class.getResourceAsStream("arguments.txt")) {
            if (file == null) {
                throw new IllegalStateException("arguments.txt is missing beside " + ArgumentTable.class.getName());
            }
            return List.of(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(List<String> columns) {
        Argument.Values values = switch (columns.get(1).strip()) {
            case "0" -> Argument.Values.NONE;
            case "1" -> Argument.Values.ONE;
            case "+" -> Argument.Values.MANY;
            default -> throw new IllegalStateException("arguments.txt: no number of values: " + columns);
        };
        String effect = columns.get(2).strip();
        String neutral = effect.startsWith("not=") ? effect.substring("not=".length()) : "";
        Effect meant = switch (neutral.isEmpty() ? effect : "not") {
            case "modelled" -> Effect.MODELLED;
            case "free" -> Effect.NO_EFFECT_ON_TIME;
            case "not" -> Effect.NOT_MODELLED;
            default -> throw new IllegalStateException("arguments.txt: no effect: " + columns);
        };
        for (String name : columns.getFirst().split(" ", -1)) {
            Argument known =
                    new Argument(name, values, meant, neutral, columns.get(3).strip());
            if (arguments.put(name, known) != null) {
                throw new IllegalStateException("arguments.txt names " + name + " twice");
            }
        }
    }

    /// The argument of that name; null where Megatron-LM has none.
    @Nullable
    Argument find(String name) {
        return arguments.get(name);
    }

    List<String> names() {
        return List.copyOf(arguments.keySet());
    }

    int size() {
        return arguments.size();
    }

    /// The name that was probably meant, in quotes; empty where none is near.
    String nearest(String name) {
        return name.length() > LONGEST_NAME ? "" : Nearest.quoted(name, arguments.keySet());
    }
}
