// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.strategy.job.Site;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A site said in an option.
final class SiteOption {
    @Option(
            names = "--site",
            paramLabel = "SITE",
            completionCandidates = CatalogWords.Sites.class,
            description = "Site of the catalog, or a file of one (default one of which nothing is known).")
    private @Nullable String site;

    /// A site and what its file says.
    ///
    /// @param entry null where no site was given
    record Given(Site site, @Nullable Entry entry) {}

    /// @throws dev.dryrun.hardware.catalog.InvalidInputException with everything that is wrong
    Given read(Catalog catalog) {
        if (site == null) {
            return new Given(new Site("default", NetworkTuning.NONE), null);
        }
        var problems = new Problems();
        Document document = isFile(site)
                ? catalog.read("sites", Path.of(site), problems)
                : catalog.find(
                        "sites",
                        Known.word(site, catalog.names("sites"), "--site", "no such site is in the catalog"),
                        problems);
        problems.throwIfAny();
        if (document == null) {
            throw new IllegalStateException("site " + site + " is in the catalog, but cannot be found");
        }
        Site read = Site.read(document.root());
        problems.throwIfAny();
        return new Given(read, document.root());
    }

    private static boolean isFile(String written) {
        return written.matches(".*[/\\\\].*|.*[.](ya?ml|json)");
    }
}
