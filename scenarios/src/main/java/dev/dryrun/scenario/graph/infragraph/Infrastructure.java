// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Places the instances of devices, and joins what the edges name. A device without GPUs is one switch between
/// machines, whatever it is made of.
final class Infrastructure {
    private static final int MOST_INSTANCES = 4096;
    private static final int MOST_PARTS = 100_000;

    private final GraphSource source;
    private final MachineGraph graph;
    private final Document document;
    private final Entry root;
    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<String, List<Placed>> instances = new LinkedHashMap<>();
    private final Map<String, Entry> links = new LinkedHashMap<>();

    Infrastructure(GraphSource source, MachineGraph graph, Document document, Entry root) {
        this.source = source;
        this.graph = graph;
        this.document = document;
        this.root = root;
    }

    void build() {
        int before = source.problems().count();
        boolean device = root.has("components");
        for (Entry entry : device ? List.of(root) : root.children("devices")) {
            Device read = Device.read(entry);
            devices.put(read.name(), read);
        }
        if (devices.isEmpty()) {
            root.problem("devices", "missing", "must describe at least one", "");
        }
        links.putAll(device ? Map.of() : Device.linksOf(root));
        if (source.problems().count() > before) {
            return;
        }
        place(device);
        if (source.problems().count() > before) {
            return;
        }
        var cables = new Cables(source, graph);
        for (Map.Entry<String, List<Placed>> instance : instances.entrySet()) {
            for (Placed placed : instance.getValue()) {
                inside(placed, cables);
            }
        }
        for (Entry edge : device ? List.<Entry>of() : root.children("edges")) {
            String link = edge.text("link");
            cables.add(edge, at(edge), ends(edge.child("ep1")), ends(edge.child("ep2")), link, links.get(link));
        }
        cables.join();
    }

    private void place(boolean alone) {
        List<Entry> rows = alone ? List.of() : root.children("instances");
        if (rows.isEmpty()) {
            List<Device> machines =
                    devices.values().stream().filter(Device::hasGpus).toList();
            if (machines.size() != 1) {
                root.problem(
                        "instances",
                        "missing",
                        "without them exactly one device must have GPUs (xpu), not " + machines.size(),
                        "");
                return;
            }
            instances.put(
                    machines.getFirst().name(),
                    List.of(placed(machines.getFirst(), machines.getFirst().name())));
            return;
        }
        for (Entry row : rows) {
            String of = row.text("device");
            Device device = devices.get(of);
            int count = (int) row.integer("count", 1, MOST_INSTANCES);
            if (device == null) {
                row.problem(
                        "device",
                        row.shown("device"),
                        "must be one of the devices",
                        Nearest.quoted(of, devices.keySet()));
                continue;
            }
            List<Placed> placed = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (graph.parts().size() > MOST_PARTS) {
                    row.problem("count", row.shown("count"), "must not make more than " + MOST_PARTS + " parts", "");
                    return;
                }
                placed.add(placed(device, row.text("name") + "." + i));
            }
            instances.put(row.text("name"), placed);
        }
    }

    private Placed placed(Device device, String name) {
        var placed = new Placed(device);
        Position at = at(device.entry());
        if (!device.hasGpus()) {
            int number = graph.add(Kind.LEAF, name, "", at);
            device.components().values().forEach(component -> {
                for (int i = 0; i < component.count(); i++) {
                    placed.parts().put(Placed.key(component.name(), i), number);
                }
            });
            return placed;
        }
        for (Component component : device.components().values()) {
            Kind kind = component.kind();
            if (kind == null) {
                if (!component.isPort()) {
                    graph.leftOut(at(component.entry()), component.name(), "neither a GPU nor on the way between some");
                }
                continue;
            }
            for (int i = 0; i < component.count(); i++) {
                String part = name + "." + Placed.key(component.name(), i);
                placed.parts().put(Placed.key(component.name(), i), graph.add(kind, part, name, at(component.entry())));
            }
        }
        return placed;
    }

    private Position at(Entry entry) {
        return document.positionOf(entry.pointer());
    }

    private void inside(Placed placed, Cables cables) {
        if (!placed.device().hasGpus()) {
            return;
        }
        for (Entry edge : placed.device().edges()) {
            String link = edge.text("link");
            Entry described = placed.device().links().getOrDefault(link, links.get(link));
            List<Integer> ep1 = inDevice(placed, edge.child("ep1"), edge.child("ep2"));
            List<Integer> ep2 = inDevice(placed, edge.child("ep2"), edge.child("ep1"));
            cables.add(edge, at(edge), ep1, ep2, link, described);
        }
    }

    /// Parts that an end names. Ports belong to what the other end names first, and join nothing.
    private List<Integer> inDevice(Placed placed, Entry end, Entry other) {
        Slice slice = slice(end, "component");
        Component component = slice == null ? null : component(placed.device(), slice, end, "component");
        if (slice == null || component == null) {
            return List.of();
        }
        if (component.isPort()) {
            Slice owner = slice(other, "component");
            for (int i = slice.first();
                    owner != null && i < slice.of(component.count()).end();
                    i++) {
                Integer part = placed.parts().get(Placed.key(owner.name(), owner.size() == 1 ? owner.first() : i));
                if (part != null) {
                    placed.parts().put(Placed.key(slice.name(), i), part);
                }
            }
            return List.of();
        }
        return parts(placed, slice.of(component.count()));
    }

    private static List<Integer> parts(Placed placed, Slice slice) {
        List<Integer> parts = new ArrayList<>();
        for (int i = slice.first(); i < slice.end(); i++) {
            Integer part = placed.parts().get(Placed.key(slice.name(), i));
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    private List<Integer> ends(Entry end) {
        Slice which = slice(end, "instance");
        Slice slice = slice(end, "component");
        if (which == null || slice == null) {
            return List.of();
        }
        List<Placed> all = instances.get(which.name());
        if (all == null || which.of(all.size()).end() > all.size()) {
            end.problem(
                    "instance",
                    end.shown("instance"),
                    all == null ? "must be one of the instances" : "there are " + all.size() + ", counted from 0",
                    all == null ? Nearest.quoted(which.name(), instances.keySet()) : "");
            return List.of();
        }
        List<Integer> parts = new ArrayList<>();
        for (int i = which.first(); i < which.of(all.size()).end(); i++) {
            Component component = component(all.get(i).device(), slice, end, "component");
            if (component == null) {
                return List.of();
            }
            parts.addAll(parts(all.get(i), slice.of(component.count())));
        }
        return parts;
    }

    private static @Nullable Slice slice(Entry end, String key) {
        String written = end.text(key);
        Slice slice = Slice.read(written);
        if (slice == null && !written.isEmpty()) {
            end.problem(key, end.shown(key), "must be a name with indices, such as xpu[0:4]", "");
        }
        return slice;
    }

    private static @Nullable Component component(Device device, Slice slice, Entry end, String key) {
        Component component = device.components().get(slice.name());
        if (component == null) {
            end.problem(
                    key,
                    end.shown(key),
                    "must be a component of " + device.name(),
                    Nearest.quoted(slice.name(), device.components().keySet()));
        } else if (slice.of(component.count()).end() > component.count()) {
            end.problem(key, end.shown(key), "there are " + component.count() + ", counted from 0", "");
            return null;
        }
        return component;
    }
}
