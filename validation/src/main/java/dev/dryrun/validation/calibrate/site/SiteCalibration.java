// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkLogs;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkRun;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// From logs to a site: what `calibrate nccl-tests` does.
public final class SiteCalibration {
    /// Letters of a year.
    private static final int YEAR = 4;

    private static final int DONE = 0;
    private static final int NOTHING_FOUND = 1;
    private static final int BAD_INPUT = 2;

    private final PrintStream out;
    private final PrintStream err;

    public SiteCalibration(PrintStream out, PrintStream err) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    /// Fits, prints and writes; returns the exit code.
    public int run(List<Path> logs, RoomOptions options) {
        try {
            return calibrate(logs, options);
        } catch (InvalidInputException bad) {
            bad.problems().forEach(problem -> err.println(problem.message()));
            return BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private int calibrate(List<Path> files, RoomOptions options) {
        String name = name(options);
        if (options.write != null) {
            SiteFile.refuseExisting(options.write, options.force);
        }
        var problems = new Problems();
        BenchmarkLogs logs = BenchmarkLogs.read(files, options.kind, problems);
        var notes = new ArrayList<>(logs.notes());
        problems.throwIfAny();
        SiteEvidence evidence = evidence(logs.runs(), options, problems, notes);
        notes.forEach(err::println);
        problems.throwIfAny();
        if (evidence == null || evidence.size() == 0) {
            err.println("No run is left to fit to.");
            return NOTHING_FOUND;
        }
        SiteFit fit = SiteFit.of(evidence);
        out.print(new SiteText(fit, SiteResiduals.of(fit)).text());
        return write(new SiteFile(name, fit, date(options, logs.runs())), options);
    }

    private static @Nullable SiteEvidence evidence(
            List<BenchmarkRun> runs, RoomOptions options, Problems problems, List<String> notes) {
        if (runs.isEmpty()) {
            return null;
        }
        var catalog = new Catalog(UserCatalog.folders(System.getenv(), options.catalog));
        Machine machine = new MachineChoice(catalog, problems, notes).of(runs, options.cluster, options.fabric);
        return machine == null ? null : new RunMapping(machine, problems, notes).evidence(runs);
    }

    private int write(SiteFile file, RoomOptions options) {
        if (file.fit().identified().isEmpty()) {
            err.println("The logs identify no constant; there is nothing to write.");
            return NOTHING_FOUND;
        }
        if (file.date().isEmpty()) {
            err.println("The logs do not say when they were made; --date puts it into the site.");
        }
        if (options.write == null) {
            out.print("\n" + file.text());
        } else {
            file.write(options.write, options.force);
            err.println("written: " + options.write);
        }
        return DONE;
    }

    private static String name(RoomOptions options) {
        String name = options.name;
        if (name == null && options.write != null) {
            name = String.valueOf(options.write.getFileName()).replaceFirst("[.]ya?ml$", "");
        }
        if (name == null) {
            return "my-room";
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw refused("--name", name, "must be letters, digits, dots and dashes", "");
        }
        return name;
    }

    /// The user's word, else the last day that a log names.
    private static String date(RoomOptions options, List<BenchmarkRun> runs) {
        String date = options.date;
        if (date == null) {
            var days = new TreeSet<String>();
            runs.stream()
                    .map(BenchmarkRun::date)
                    .filter(SiteCalibration::isDate)
                    .forEach(days::add);
            return days.isEmpty() ? "" : days.last();
        }
        if (!isDate(date)) {
            throw refused("--date", date, "must be a year, a month or a day", "2026-11-25");
        }
        return date;
    }

    private static boolean isDate(String written) {
        if (!written.matches("\\d{4}(-\\d{2}(-\\d{2})?)?")) {
            return false;
        }
        try {
            LocalDate.parse(written + "-01-01".substring(written.length() - YEAR));
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    private static InvalidInputException refused(String option, String found, String rule, String remedy) {
        Position place = Position.onCommandLine();
        return new InvalidInputException(List.of(new Problem(place, option, '"' + found + '"', rule, remedy)));
    }
}
