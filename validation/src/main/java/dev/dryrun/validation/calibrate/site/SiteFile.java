// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.validation.written.CatalogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A site of the catalog with the constants that logs identify.
///
/// @param name of the site
/// @param date of the run, year first; empty where nothing says it
record SiteFile(String name, SiteFit fit, String date) {
    /// The file.
    String text() {
        var out = new StringBuilder("# Written by dryrun calibrate nccl-tests.\n");
        out.append("schema: dryrun/site/1\n");
        out.append("name: ").append(CatalogFile.quoted(name)).append('\n');
        Machine machine = fit.evidence().machine();
        String nodes = machine.nodes() > 1 ? machine.nodes() + " x " : "";
        out.append("title: ")
                .append(CatalogFile.quoted(
                        name + ", fitted on " + nodes + machine.node().name()))
                .append('\n');
        out.append("source: ")
                .append(CatalogFile.quoted("nccl-tests logs " + logs()))
                .append('\n');
        if (!date.isEmpty()) {
            out.append("date: ").append(CatalogFile.quoted(date)).append('\n');
        }
        constants(out, "", false, false);
        if (fit.identified().stream().anyMatch(constant -> isOfLibrary(constant) || isOfLinks(constant))) {
            out.append("library:\n  name: ").append(machine.library().name()).append('\n');
            constants(out, "  ", true, false);
            if (fit.identified().stream().anyMatch(SiteFile::isOfLinks)) {
                out.append("  links:\n    - name: ")
                        .append(machine.node().link())
                        .append('\n');
                constants(out, "      ", false, true);
            }
        }
        return out.toString();
    }

    private static boolean isOfLibrary(SiteConstant constant) {
        return constant.ofLibrary().isPresent();
    }

    private static boolean isOfLinks(SiteConstant constant) {
        return constant.ofLinks().isPresent();
    }

    private void constants(StringBuilder out, String indent, boolean ofLibrary, boolean ofLinks) {
        for (SiteConstant constant : fit.identified()) {
            if (isOfLibrary(constant) == ofLibrary && isOfLinks(constant) == ofLinks) {
                String source = String.format(
                        Locale.ROOT,
                        "10-90 %% range %s; %.0f %% by the logs",
                        fit.range(constant),
                        100 * fit.of(constant).byLogs());
                out.append(indent)
                        .append(constant.key())
                        .append(": {value: ")
                        .append(constant.text(fit.values().of(constant)))
                        .append(", source: ")
                        .append(CatalogFile.quoted(source))
                        .append(", status: fitted}\n");
            }
        }
    }

    /// Names of the files without their folders.
    private String logs() {
        return fit.evidence().series().stream()
                .map(one -> String.valueOf(Path.of(one.run().at().file()).getFileName()))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    /// Writes the file whole or not at all; folders on the way are made.
    ///
    /// @throws InvalidInputException where it is there already and must not be overwritten, or cannot be written
    void write(Path target, boolean overwrite) {
        refuseExisting(target, overwrite);
        String text = text();
        readBack(target, text);
        new CatalogFile(target, text).write(overwrite);
    }

    /// What was written must read as the same site.
    private void readBack(Path target, String text) {
        var problems = new Problems();
        Site site = Site.read(Document.read(target.toString(), text, problems).root());
        problems.throwIfAny();
        if (!site.name().equals(name)) {
            throw new IllegalStateException("site " + name + " reads as " + site.name());
        }
    }

    /// @throws InvalidInputException where the file is not one of YAML, or is there and must not be overwritten
    static void refuseExisting(Path target, boolean overwrite) {
        String written = String.valueOf(target.getFileName());
        if (!Files.isDirectory(target) && !written.matches(".+[.]ya?ml")) {
            String remedy = written.replaceFirst("[.][^.]*$", "") + ".yaml";
            throw CatalogFile.refused(
                    target, "\"" + written + '"', "must end in .yaml, as a site is written so", remedy);
        }
        if (Files.isDirectory(target)) {
            throw CatalogFile.refused(target, "a folder", "must be a file", target + "/my-room.yaml");
        }
        CatalogFile.refuseExisting(target, overwrite);
    }
}
