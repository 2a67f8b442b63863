// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.io.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An editor that knows the schema of a kind of file, played by a validator of another house.
public final class Editor {
    private static final SchemaRegistry DRAFT = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema;

    public Editor(String kind) {
        schema = DRAFT.getSchema(FileSchema.write(kind, new Catalog(List.of())));
    }

    /// What it marks in a YAML text; nothing where all is well. Keys without a value are left out, as readers do.
    public List<String> marks(String yaml) {
        Document document = Document.read("file.yaml", yaml, new Problems());
        return document.readable() ? marks(document.root().plain()) : List.of("no mapping");
    }

    List<String> marks(Object plain) {
        String json = new JsonText().value(withoutNulls(plain)).toString();
        return schema.validate(json, InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static @Nullable Object withoutNulls(@Nullable Object plain) {
        return switch (plain) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<Object, Object> kept = new LinkedHashMap<>();
                map.forEach((key, value) -> {
                    if (value != null) {
                        kept.put(key, withoutNulls(value));
                    }
                });
                yield kept;
            }
            case List<?> list ->
                list.stream().map(Editor::withoutNulls).filter(Objects::nonNull).toList();
            default -> plain;
        };
    }
}
