// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.ablate;

import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.strategy.compile.TransferRule;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Mechanisms that are switched off together.
///
/// @param off them; none for the full model
public record Ablation(List<Mechanism> off) {
    /// The full model.
    public static final Ablation NONE = new Ablation(List.of());

    private static final String ALL = "all";

    public Ablation {
        off = List.copyOf(off);
    }

    /// The ablations that a user names: one for each word, `host+waves` for two mechanisms together, `all` for each one
    /// in turn.
    ///
    /// @throws Unknown where there is no such mechanism
    public static List<Ablation> named(List<String> words) {
        return words.stream()
                .flatMap(word -> word.equals(ALL)
                        ? Arrays.stream(Mechanism.values()).map(one -> new Ablation(List.of(one)))
                        : Stream.of(named(word)))
                .distinct()
                .toList();
    }

    private static Ablation named(String word) {
        return new Ablation(Arrays.stream(word.split("\\+", -1))
                .map(Ablation::mechanism)
                .distinct()
                .toList());
    }

    private static Mechanism mechanism(String key) {
        for (Mechanism one : Mechanism.values()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        List<String> known =
                Arrays.stream(Mechanism.values()).map(Mechanism::key).toList();
        String nearest = Nearest.quoted(key, known);
        throw new Unknown("--without is \"" + key + "\", but no mechanism is called so. Maybe "
                + (nearest.isEmpty() ? "one of " + String.join(", ", known) + ", " + ALL : nearest) + ".");
    }

    /// Its name: that of its mechanisms.
    public String name() {
        return off.stream().map(Mechanism::key).collect(Collectors.joining("+"));
    }

    /// The job without the mechanisms.
    public TrainingJob applyTo(TrainingJob job) {
        TrainingJob without = job;
        for (Mechanism one : off) {
            without = one.without(without);
        }
        return without;
    }

    /// What of transfers takes time.
    public TransferRule transfers() {
        return off.stream().map(Mechanism::transfers).reduce(TransferRule.REAL, TransferRule::and);
    }

    /// A mechanism that there is not, with the remedy in its message.
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }
}
