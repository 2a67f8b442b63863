// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.DraftTree;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.ImportFile;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.Importer;
import dev.dryrun.scenario.imports.Importers;
import dev.dryrun.scenario.imports.NodeCount;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.ScenarioDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The block `import`: a file of another program over which the scenario's own keys are laid.
///
///     import: {megatron: train.sh, environment: {NNODES: 16}, gpus: 128}
final class ImportBlock {
    private static final int MOST_GPUS = 1 << 18;

    private final Catalog catalog;
    private final Document document;
    private final Problems problems;

    private ImportBlock(Catalog catalog, Document document, Problems problems) {
        this.catalog = catalog;
        this.document = document;
        this.problems = problems;
    }

    /// The document laid over what it imports; the document alone where it imports nothing.
    ///
    /// @param resolve the place of a file that the document names; null where there is none
    /// @param shown the name of a place in messages
    static Laid lay(
            Catalog catalog,
            Document document,
            Function<String, @Nullable Path> resolve,
            Function<Path, String> shown,
            Problems problems) {
        if (!document.readable() || !document.root().has("import")) {
            return Laid.alone(document);
        }
        return new ImportBlock(catalog, document, problems).lay(resolve, shown);
    }

    /// The block as it stands.
    ///
    /// @param files by kind of importer
    record Written(Map<String, String> files, Map<String, String> environment, OptionalLong gpus) {}

    /// Reads the block; of two readings of the same block the second tells nothing new.
    static Written read(Entry block) {
        Map<String, String> files = new LinkedHashMap<>();
        for (Importer importer : Importers.ALL) {
            String file = block.optionalText(importer.name());
            if (file != null) {
                files.put(importer.name(), file);
            }
        }
        Map<String, String> environment = environment(block.optionalChild("environment"));
        OptionalLong gpus =
                block.has("gpus") ? OptionalLong.of(block.integer("gpus", 1, MOST_GPUS, 1)) : OptionalLong.empty();
        block.rejectUnknownKeys();
        if (files.size() != 1) {
            block.problem("must name one file by its kind: " + String.join(", ", Importers.names()));
        }
        return new Written(files, environment, gpus);
    }

    private Laid lay(Function<String, @Nullable Path> resolve, Function<Path, String> shown) {
        Entry block = document.root().optionalChild("import");
        Written written = read(block);
        if (written.files().size() != 1) {
            return refused();
        }
        String kind = written.files().keySet().iterator().next();
        String file = written.files().getOrDefault(kind, "");
        Importer importer = Importers.byName(kind);
        Path path = file.isEmpty() ? null : resolve.apply(file);
        if (path == null || importer == null) {
            block.problem(kind, block.shown(kind), "must be a file, by its path from this one", "");
            return refused();
        }
        int before = problems.count();
        OptionalLong gpus = written.gpus().isPresent()
                ? written.gpus()
                : ofCluster(document.root().plain());
        Imported imported = ImportFile.read(importer, shown.apply(path), path, written.environment(), gpus, problems);
        if (imported == null || problems.count() > before) {
            return refused();
        }
        return over(imported, shown.apply(path), gpus);
    }

    /// Without what it imports a scenario lacks nearly everything, and telling all of that would hide the reason.
    private Laid refused() {
        problems.throwIfAny();
        return Laid.alone(document);
    }

    private static Map<String, String> environment(Entry entry) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : entry.keys()) {
            environment.put(name, entry.text(name, ""));
        }
        return environment;
    }

    private Laid over(Imported imported, String file, OptionalLong gpus) {
        ScenarioDraft draft = imported.draft();
        Map<String, @Nullable Object> own = document.root().plain();
        boolean replicasFollow = gpus.isPresent() && !cutsTheModel(own);
        if (has(own, "cluster.nodes") && !replicasFollow) {
            draft.remove("strategy.data");
        } else if (gpus.isPresent() && !has(own, "cluster.nodes") && !draft.has("cluster.nodes")) {
            nodes(own, draft, gpus.getAsLong());
        }
        askForGaps(own, draft);
        List<String> notes = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (OptionReport option : imported.options()) {
            if (option.effect() == Effect.NOT_MODELLED) {
                String value = option.value().isEmpty() ? "" : " " + option.value();
                notes.add(option.at() + ": " + option.option() + value + " is not modelled: " + option.note());
                left.add(option.option());
            }
        }
        List<String> assumed = new ArrayList<>();
        if (!left.isEmpty()) {
            assumed.add("import: " + left.size() + " of the options of " + file + " are not modelled ("
                    + String.join(", ", left) + ")");
        }
        draft.values().forEach((key, value) -> {
            if (value.remark().startsWith("assumed") && !has(own, key)) {
                assumed.add(key + ": " + value.value() + ", " + value.remark());
            }
        });
        return new Laid(document.over(DraftTree.document(file, draft, problems)), notes, assumed);
    }

    /// GPUs of the scenario's own cluster, where its node is one of the catalog, refined or not. Where the scenario
    /// cuts the model itself, replicas are not what the file would make of these GPUs, and the number stays open.
    private OptionalLong ofCluster(Map<String, @Nullable Object> own) {
        if (cutsTheModel(own) || !(value(own, "cluster.nodes") instanceof Long nodes)) {
            return OptionalLong.empty();
        }
        if (value(own, "cluster.node.gpus") instanceof Long each) {
            return NodeCount.gpus(each, nodes);
        }
        Object node = value(own, "cluster.node");
        Object name = node instanceof Map<?, ?> block ? block.get("extends") : node;
        return name instanceof String named ? NodeCount.gpus(catalog, named, nodes) : OptionalLong.empty();
    }

    private static boolean cutsTheModel(Map<String, @Nullable Object> own) {
        return has(own, "strategy.tensor") || has(own, "strategy.pipeline");
    }

    private void nodes(Map<String, @Nullable Object> own, ScenarioDraft draft, long gpus) {
        ScenarioDraft.Value drafted = draft.get("cluster.node");
        Object node = value(own, "cluster.node");
        if (node == null && drafted != null) {
            node = drafted.value();
        }
        if (node instanceof String name) {
            NodeCount.of(catalog, name, gpus)
                    .ifPresent(count ->
                            draft.set("cluster.nodes", count, document.root().position(), "import.gpus"));
        }
    }

    /// What the file leaves open and the scenario does not say either.
    private void askForGaps(Map<String, @Nullable Object> own, ScenarioDraft draft) {
        draft.open().forEach((key, why) -> {
            boolean named = key.startsWith("model.") && value(own, "model") instanceof String;
            if (!named && !has(own, key) && !key.startsWith("cluster.")) {
                problems.add(
                        document.root().position(), key, "missing", "the imported file leaves it open: " + why, "");
            }
        });
    }

    private static boolean has(Map<String, @Nullable Object> plain, String key) {
        return value(plain, key) != null;
    }

    private static @Nullable Object value(Map<String, @Nullable Object> plain, String key) {
        Object value = plain;
        for (String part : key.split("\\.", -1)) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return value;
    }
}
