// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The file that `-J` makes newer releases write: one run.
final class JsonReport {
    private static final Pattern PROGRAM = Pattern.compile("(?:.*/)?(\\w+?)_perf\\S*");
    private static final int MOST = 1 << 20;

    private JsonReport() {}

    /// The run; problems are those of the document.
    ///
    /// @param notes takes what is left out or incomplete, with its place
    static List<BenchmarkRun> read(String file, String text, Problems problems, List<String> notes) {
        int before = problems.count();
        Entry root = Document.readJson(file, text, problems).root();
        if (problems.count() > before) {
            return List.of();
        }
        Entry config = root.optionalChild("config");
        var run = new RunDraft(root.position(), collective(root.texts("args")));
        run.parameters((int) config.integer("nthreads", 1, MOST, 1), (int) config.integer("ngpus", 1, MOST, 1));
        for (Entry device : config.children("devices")) {
            run.add(new Member(
                    (int) device.integer("rank", 0, MOST),
                    (int) device.integer("group", 0, MOST, 0),
                    (int) device.integer("pid", 0, Integer.MAX_VALUE),
                    device.text("hostname"),
                    (int) device.integer("device", 0, MOST),
                    device.text("device_info")));
        }
        for (Entry result : root.children("results")) {
            sample(result, run, notes);
        }
        run.date(root.text("start_time", "").split(" ", -1)[0]);
        if (root.has("average_bus_bandwidth")) {
            run.ends();
        } else if (run.sizes() > 0) {
            notes.add(run.at() + ": this run has no end; its " + run.sizes() + " sizes count");
        }
        return run.sizes() == 0 ? List.of() : List.of(run.run());
    }

    private static void sample(Entry result, RunDraft run, List<String> notes) {
        double bytes = result.number("size", 0, Double.MAX_VALUE);
        Entry outOfPlace = result.optionalChild("out_of_place");
        Entry inPlace = result.optionalChild("in_place");
        OptionalDouble first = seconds(outOfPlace);
        OptionalDouble second = seconds(inPlace);
        if (bytes > 0 && (first.isPresent() || second.isPresent())) {
            double wrong = Math.max(wrong(outOfPlace), wrong(inPlace));
            run.add(new Sample(result.position(), bytes, first, second, wrong));
        } else {
            notes.add(result.position() + ": left out: no bytes or no time in this row");
        }
    }

    private static OptionalDouble seconds(Entry times) {
        double micros = number(times.optionalText(times.has("time") ? "time" : "cpu_time"));
        return micros > 0 ? OptionalDouble.of(micros * 1e-6) : OptionalDouble.empty();
    }

    private static double wrong(Entry times) {
        return number(times.optionalText("nwrong"));
    }

    /// The number; 0 for `nan` and for nothing.
    private static double number(@Nullable String written) {
        return written != null && written.matches("[0-9]{1,18}([.][0-9]{1,18})?") ? Double.parseDouble(written) : 0;
    }

    private static String collective(List<String> words) {
        Matcher program = PROGRAM.matcher(words.isEmpty() ? "" : words.getFirst());
        return program.matches() ? program.group(1) : "";
    }
}
