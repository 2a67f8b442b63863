// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs read from files.
///
/// @param runs whose collective has a model, in the order of the files
/// @param notes what is left out or incomplete, with its place
public record BenchmarkLogs(List<BenchmarkRun> runs, List<String> notes) {
    private static final long LARGEST_BYTES = 64L << 20;
    private static final String RULE = "must be output of nccl-tests or rccl-tests, text or JSON";
    private static final Pattern NAMED =
            Pattern.compile("all_?reduce|all_?gather|reduce_?scatter|broadcast|all_?to_?all|send_?recv|reduce");

    public BenchmarkLogs {
        runs = List.copyOf(runs);
        notes = List.copyOf(notes);
    }

    /// Reads files; what is wrong with them is among the problems.
    ///
    /// @param kind of runs whose log does not say what was run; null where the user does not either
    public static BenchmarkLogs read(List<Path> files, @Nullable CollectiveKind kind, Problems problems) {
        var runs = new ArrayList<BenchmarkRun>();
        var notes = new ArrayList<String>();
        for (Path file : files) {
            int before = problems.count();
            List<BenchmarkRun> some = readFile(file, problems, notes);
            if (some.isEmpty() && problems.count() == before) {
                problems.add(Position.startOf(file.toString()), "", "without results", RULE, "");
            }
            for (BenchmarkRun run : some) {
                runs.addAll(withKind(run, file, kind, problems, notes));
            }
        }
        return new BenchmarkLogs(runs, notes);
    }

    private static List<BenchmarkRun> readFile(Path file, Problems problems, List<String> notes) {
        String name = file.toString();
        try {
            if (Files.isDirectory(file)) {
                problems.add(Position.startOf(name), "", "a folder", "must be a file", name + "/*.log");
                return List.of();
            }
            if (Files.size(file) > LARGEST_BYTES) {
                problems.add(Position.startOf(name), "", Files.size(file) + " bytes large", "must be under 64 MiB", "");
                return List.of();
            }
            // Other output in a log may be in any charset; bytes that are no UTF-8 must not cost the rest.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.stripLeading().startsWith("{")
                    ? JsonReport.read(name, text, problems, notes)
                    : TextLog.read(name, text, notes);
        } catch (IOException unreadable) {
            String found = Files.exists(file) ? "unreadable" : "absent";
            problems.add(Position.startOf(name), "", found, "must exist and be readable", "");
            return List.of();
        }
    }

    private static List<BenchmarkRun> withKind(
            BenchmarkRun run, Path file, @Nullable CollectiveKind kind, Problems problems, List<String> notes) {
        if (!run.collective().isEmpty()) {
            if (kindOf(run.collective()).isPresent()) {
                return List.of(run);
            }
            notes.add(run.at() + ": left out: no model of " + run.collective());
            return List.of();
        }
        if (kind != null) {
            return List.of(run.named(Entry.kebab(kind).replace('-', '_')));
        }
        Matcher named = NAMED.matcher(String.valueOf(file.getFileName()).replace('-', '_'));
        if (named.find()) {
            notes.add(run.at() + ": the log does not name its collective; the file's name has " + named.group());
            return List.of(run.named(named.group()));
        }
        String rule = "the log, its name or --kind must say it";
        problems.add(run.at(), "the collective of this run", "unknown", rule, "--kind all-reduce");
        return List.of();
    }

    /// The collective of a program's name; empty where it has no model.
    public static Optional<CollectiveKind> kindOf(String collective) {
        return switch (collective.replace("_", "")) {
            case "allreduce" -> Optional.of(CollectiveKind.ALL_REDUCE);
            case "allgather" -> Optional.of(CollectiveKind.ALL_GATHER);
            case "reducescatter" -> Optional.of(CollectiveKind.REDUCE_SCATTER);
            case "broadcast" -> Optional.of(CollectiveKind.BROADCAST);
            case "reduce" -> Optional.of(CollectiveKind.REDUCE);
            case "alltoall" -> Optional.of(CollectiveKind.ALL_TO_ALL);
            case "sendrecv" -> Optional.of(CollectiveKind.SEND_RECV);
            default -> Optional.empty();
        };
    }
}
