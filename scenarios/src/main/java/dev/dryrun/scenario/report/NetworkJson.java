// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.topology.Bisection;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Degraded;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkCensus;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.network.Way;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `dryrun network show` says, for programs.
public final class NetworkJson {
    private NetworkJson() {}

    /// @param way between two ranks; null where they are one
    public static String write(Network network, @Nullable Way way) {
        Cluster cluster = network.cluster();
        JsonText json = new JsonText().beginObject().field("schema", "dryrun/network-show/1");
        json.field("node", cluster.node().name()).field("nodes", cluster.nodes());
        json.field("gpus", cluster.gpus()).field("fabric", cluster.fabric().name());
        if (!cluster.degraded().isEmpty()) {
            json.key("degraded").beginArray();
            for (Degraded part : cluster.degraded()) {
                json.beginObject().field("part", part.part().toString());
                json.field("rate", part.rate()).endObject();
            }
            json.endArray();
        }
        json.key("links").beginArray();
        for (Map.Entry<String, NetworkCensus.Kind> entry :
                NetworkCensus.of(network).kinds().entrySet()) {
            NetworkCensus.Kind kind = entry.getValue();
            json.beginObject().field("kind", entry.getKey()).field("count", kind.count());
            json.field("slowest_bytes_per_s", kind.slowestBytesPerSecond());
            json.field("fastest_bytes_per_s", kind.fastestBytesPerSecond()).endObject();
        }
        json.endArray().field("bisection_bytes_per_s", Bisection.bytesPerSecond(network));
        if (way != null) {
            way(json, way);
        }
        return json.endObject().toString();
    }

    private static void way(JsonText json, Way way) {
        json.key("way").beginObject().field("from", way.from()).field("to", way.to());
        json.field("latency_s", way.latencySeconds()).key("links").beginArray();
        for (Way.Step step : way.steps()) {
            json.beginObject().field("link", step.name()).field("bytes_per_s", step.bytesPerSecond());
            json.field("share", step.share()).endObject();
        }
        json.endArray();
        way.bottleneck()
                .ifPresent(step -> json.key("bottleneck")
                        .beginObject()
                        .field("link", step.name())
                        .field("bytes_per_s", step.allows())
                        .endObject());
        json.endObject();
    }
}
