// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.imports.shell.Hole;
import dev.dryrun.scenario.imports.shell.ScriptText;
import dev.dryrun.scenario.imports.shell.ShellResult;
import dev.dryrun.scenario.imports.shell.Traced;
import org.jspecify.annotations.Nullable;

/// A launch while its options become a draft: what is read, and where it goes.
final class Reading {
    private final ShellResult result;
    private final Launch launch;
    private final Options options;
    private final Machines machines;
    private final ScenarioDraft draft;
    private final Problems problems;

    Reading(
            ShellResult result,
            Launch launch,
            Options options,
            Machines machines,
            ScenarioDraft draft,
            Problems problems) {
        this.result = result;
        this.launch = launch;
        this.options = options;
        this.machines = machines;
        this.draft = draft;
        this.problems = problems;
    }

    Options options() {
        return options;
    }

    Launch launch() {
        return launch;
    }

    ShellResult result() {
        return result;
    }

    Machines machines() {
        return machines;
    }

    ScriptText script() {
        return result.script();
    }

    @Nullable
    Option find(String... names) {
        return options.find(names);
    }

    boolean has(String... names) {
        return options.has(names);
    }

    /// The place that stands for what no option says: that of the program.
    Position programPosition() {
        return script().position(launch.program().placeOr(0));
    }

    Position position(Option option) {
        return script().position(option.valueAt());
    }

    /// Sets what an option says.
    void set(String key, Object value, Option from) {
        set(key, value, from, from.name());
    }

    void set(String key, Object value, Option from, String remark) {
        draft.set(key, value, position(from), remark);
    }

    /// Sets what stands at a place of the script other than an option.
    void setAt(String key, Object value, int at, String remark) {
        draft.set(key, value, script().position(at), remark);
    }

    /// Sets what no option says.
    void assume(String key, Object value, String why) {
        draft.set(key, value, programPosition(), why);
    }

    void leaveOpen(String key, String why) {
        draft.leaveOpen(key, why);
    }

    /// The text of the last option of these names; null where there is none or it is not known.
    @Nullable
    String text(String... names) {
        Option option = find(names);
        return option == null || isUnknown(option) || !option.hasValue() ? null : option.text();
    }

    /// The whole number of the last option of these names; null where there is none, it is not known, or it is wrong,
    /// which is told.
    @Nullable
    Long number(long min, long max, String... names) {
        Option option = find(names);
        return option == null ? null : number(option, min, max);
    }

    @Nullable
    Long number(Option option, long min, long max) {
        if (isUnknown(option)) {
            return null;
        }
        String text = option.text().replace("_", "");
        if (text.matches("-?[0-9]{1,18}")) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        String found = option.hasValue() ? "\"" + shortened(option.text()) + "\"" : "without a value";
        problem(option, found, "must be a whole number from " + min + " to " + max, "");
        return null;
    }

    /// Sets a key to the number of an option, or leaves it open where the number is not known. Returns it.
    @Nullable
    Long copy(String key, long min, long max, String... names) {
        Option option = find(names);
        if (option == null) {
            return null;
        }
        Long number = number(option, min, max);
        if (number != null) {
            set(key, number, option);
        } else if (!option.isKnown()) {
            leaveOpen(key, option.name() + ": " + option.note());
        }
        return number;
    }

    /// Whether a value hangs on something that the script does not tell; the report then says so.
    boolean isUnknown(Option option) {
        for (Traced value : option.values()) {
            if (!value.isKnown()) {
                Hole hole = value.holes().getFirst();
                String remedy = hole.variable().isEmpty() ? "" : "; --env " + hole.variable() + "=VALUE sets it";
                option.notModelled(hole.source() + " " + hole.why() + remedy);
                return true;
            }
        }
        return false;
    }

    void problem(Option option, String found, String expected, String remedy) {
        problems.add(position(option), option.name(), found, expected, remedy);
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }

    /// A number of the draft, or another where it has none.
    long drafted(String key, long whenAbsent) {
        ScenarioDraft.Value value = draft.get(key);
        return value != null && value.value() instanceof Long number ? number : whenAbsent;
    }

    @Nullable
    String draftedText(String key) {
        ScenarioDraft.Value value = draft.get(key);
        return value == null ? null : value.value().toString();
    }
}
