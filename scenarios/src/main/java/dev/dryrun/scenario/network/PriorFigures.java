// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure.Status;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.LinkConstant;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.strategy.job.Site;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Figures of a cluster's links and of its class of network that nobody measured: guesses, those of other parts, and
/// what is from memory.
///
/// @param links what the library gets out of the links between GPUs
/// @param network what the network between nodes costs
public record PriorFigures(Set<LinkConstant> links, Set<NetworkFigure> network) {
    public PriorFigures {
        links = Set.copyOf(links);
        network = Set.copyOf(network);
    }

    /// Reads the status of each figure.
    ///
    /// @param site laid over what the catalog says; null where there is none
    public static PriorFigures of(Catalog catalog, ClusterAlone alone, @Nullable Entry site) {
        String link = alone.cluster().node().link();
        Entry fabric = entry(catalog, "fabrics", alone.cluster().fabric().name());
        Entry ofFabric = fabric == null ? null : fabric.optionalChild("network");
        Entry ofLibrary = link(entry(catalog, "libraries", alone.library().name()), link);
        boolean sameLibrary = site != null
                && site.optionalChild("library")
                        .text("name", "")
                        .equals(alone.library().name());
        Entry ofSite = site != null && sameLibrary ? link(site.optionalChild("library"), link) : null;
        Set<LinkConstant> links = EnumSet.noneOf(LinkConstant.class);
        for (LinkConstant constant : LinkConstant.values()) {
            if (isPrior(constant.key(), ofSite, ofLibrary)) {
                links.add(constant);
            }
        }
        Set<NetworkFigure> network = EnumSet.noneOf(NetworkFigure.class);
        for (NetworkFigure figure : NetworkFigure.values()) {
            boolean ofBoth = site != null && !site.has(figure.key()) && figure.isShare() && site.has(Site.BOTH_SHARES);
            if (ofBoth ? isPrior(Site.BOTH_SHARES, site, null) : isPrior(figure.key(), site, ofFabric)) {
                network.add(figure);
            }
        }
        return new PriorFigures(links, network);
    }

    private static @Nullable Entry entry(Catalog catalog, String kind, String name) {
        Document document = catalog.find(kind, name, new Problems());
        return document == null ? null : document.root();
    }

    private static @Nullable Entry link(@Nullable Entry library, String name) {
        return library == null
                ? null
                : library.children("links").stream()
                        .filter(link -> link.text("name", "").equals(name))
                        .findFirst()
                        .orElse(null);
    }

    /// Whether the figure that counts, the site's where it has one, is a prior.
    private static boolean isPrior(String key, @Nullable Entry site, @Nullable Entry catalog) {
        Entry counts = site != null && site.has(key) ? site : catalog;
        if (counts == null || !counts.has(key)) {
            return false;
        }
        Status status = counts.hasMapping(key)
                ? counts.optionalChild(key).choice("status", Status.class, Status.UNVERIFIED)
                : Status.UNVERIFIED;
        return switch (status) {
            case PRIOR, UNVERIFIED -> true;
            case MEASURED, DATA_SHEET, FITTED, FITTED_ON_RUNS -> false;
        };
    }
}
