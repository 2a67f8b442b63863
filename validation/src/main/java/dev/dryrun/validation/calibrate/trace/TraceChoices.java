// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.cli.ClusterOption;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.calibrate.site.DeviceName;
import dev.dryrun.validation.trace.ProfilerTrace;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What of the catalog traces are held against: as the options say, the accelerator else by the GPU's name.
final class TraceChoices {
    private final Catalog catalog;
    private final TraceRequest request;

    TraceChoices(Catalog catalog, TraceRequest request) {
        this.catalog = catalog;
        this.request = request;
    }

    Accelerator accelerator(List<ProfilerTrace> traces) {
        String name = request.accelerator() == null ? named(traces) : request.accelerator();
        var problems = new Problems();
        Accelerator accelerator = Accelerator.read(
                find("accelerators", name, "--accelerator", problems).root());
        problems.throwIfAny();
        return accelerator;
    }

    /// Null where none was named.
    @Nullable
    Stack stack() {
        if (request.stack() == null) {
            return null;
        }
        var problems = new Problems();
        Stack stack =
                Stack.read(find("stacks", request.stack(), "--stack", problems).root());
        problems.throwIfAny();
        return stack;
    }

    /// Refuses a node that is not in the catalog.
    void requireNode() {
        if (request.node() != null) {
            find("nodes", request.node(), "--node", new Problems());
        }
    }

    /// One node with its library; null where none was named.
    @Nullable
    ClusterAlone node() {
        return request.node() == null ? null : ClusterOption.read(catalog, request.node(), null);
    }

    private Document find(String kind, String name, String option, Problems problems) {
        Document document = catalog.find(kind, name, problems);
        if (document == null) {
            String rule = "must be one of the " + kind + " of the catalog";
            throw refused(option, '"' + name + '"', rule, Nearest.quoted(name, catalog.names(kind)));
        }
        return document;
    }

    private String named(List<ProfilerTrace> traces) {
        var devices = new TreeSet<String>();
        traces.forEach(trace -> devices.add(trace.device()));
        if (devices.size() > 1) {
            throw refused("TRACE", "of " + String.join(" and ", devices), "must be of one kind of GPU", "");
        }
        var device = new DeviceName(devices.first());
        List<String> fitting =
                catalog.names("accelerators").stream().filter(device::fits).toList();
        if (fitting.size() != 1) {
            String found = '"' + devices.first() + "\", which fits "
                    + (fitting.isEmpty() ? "none of the catalog" : String.join(", ", fitting));
            throw refused("the GPU's name", found, "must fit one", "--accelerator NAME");
        }
        return fitting.getFirst();
    }

    private static InvalidInputException refused(String option, String found, String rule, String remedy) {
        return new InvalidInputException(List.of(new Problem(Position.onCommandLine(), option, found, rule, remedy)));
    }
}
