// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Notes taken while a row becomes a job: what was assumed, and what stands in the way.
final class Reading {
    private final MeasuredRun run;
    private final List<String> assumed = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();
    private final Set<OpenSetting> open = EnumSet.noneOf(OpenSetting.class);

    Reading(MeasuredRun run) {
        this.run = run;
    }

    MeasuredRun run() {
        return run;
    }

    String lower(Column column) {
        return run.text(column).toLowerCase(java.util.Locale.ROOT);
    }

    /// The count of a column, or a value that is then listed as assumed.
    long countOr(Column column, long whenAbsent, String because) {
        return run.count(column).orElseGet(() -> {
            assume(column.header() + " " + whenAbsent + " (" + because + ")");
            return whenAbsent;
        });
    }

    /// The count of a column without which nothing can be simulated.
    long required(Column column) {
        return run.count(column).orElseGet(() -> {
            obstruct(column.header() + " is not stated");
            return 1;
        });
    }

    void assume(String what) {
        assumed.add(what);
    }

    void leaveOpen(OpenSetting setting) {
        open.add(setting);
    }

    Set<OpenSetting> open() {
        return open;
    }

    void obstruct(String why) {
        obstacles.add(why);
    }

    boolean free() {
        return obstacles.isEmpty();
    }

    List<String> assumed() {
        return List.copyOf(assumed);
    }

    /// What stands in the way, the weightiest first.
    String obstacles() {
        return String.join("; ", obstacles);
    }
}
