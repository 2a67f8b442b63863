// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.validation.calibrate.runs.OwnEntries;
import dev.dryrun.validation.calibrate.runs.OwnEntry;
import dev.dryrun.validation.calibrate.runs.OwnFiles;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// From traces to an accelerator and a stack of a catalog: what `calibrate trace` does.
public final class TraceCalibration {
    private static final int DONE = 0;
    private static final int NOTHING_FOUND = 1;
    private static final int BAD_INPUT = 2;

    private final PrintStream out;
    private final PrintStream err;

    public TraceCalibration(PrintStream out, PrintStream err) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    /// Fits, prints and writes; returns the exit code.
    public int run(TraceRequest request) {
        try {
            return calibrate(request);
        } catch (InvalidInputException bad) {
            bad.problems().forEach(problem -> err.println(problem.message()));
            return BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private int calibrate(TraceRequest request) {
        String name = request.name() == null ? "my-trace" : request.name();
        OwnFiles.requireName(name);
        var catalog = new Catalog(UserCatalog.folders(System.getenv(), request.catalog()));
        TraceFindings findings = new TraceFitter(new TraceChoices(catalog, request), err).findings(request.traces());
        out.print(request.json() ? TraceJson.write(findings) : TraceText.write(findings));
        List<OwnEntry> entries = new ArrayList<>(
                new OwnEntries(name, "of steps in " + findings.source()).ofProducts(findings.fit(), request.node()));
        OwnStack.entry(findings.stack(), name, findings.source(), findings.constants())
                .ifPresent(entries::add);
        if (entries.isEmpty()) {
            err.println("The traces identify no constant that can be written.");
            return NOTHING_FOUND;
        }
        Path folder = request.write();
        if (folder != null) {
            OwnFiles.write(entries, catalog, folder, request.force(), err);
        } else if (!request.json()) {
            entries.forEach(entry -> out.print("# " + entry.kind() + "/" + entry.name() + ".yaml\n" + entry.text()));
        }
        return DONE;
    }
}
