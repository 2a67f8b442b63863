// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.completion.Values;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a shell can complete from a catalog. Options and operands name one of these classes as their candidates. Names
/// that a shell would take apart, which files of the user may have, are left out.
abstract class CatalogWords implements Iterable<String> {
    /// The words from a catalog.
    abstract Values from(Catalog catalog);

    /// For Picocli, which puts candidates into error messages and help where it is asked to: none.
    @Override
    public Iterator<String> iterator() {
        return List.<String>of().iterator();
    }

    private static List<String> plain(List<String> names) {
        return names.stream().filter(name -> name.matches("[A-Za-z0-9._+-]+")).toList();
    }

    /// Names of one kind.
    abstract static class Names extends CatalogWords {
        private final String kind;

        Names(String kind) {
            this.kind = kind;
        }

        @Override
        Values from(Catalog catalog) {
            return new Values.Words(plain(catalog.names(kind)));
        }
    }

    static final class Models extends Names {
        Models() {
            super("models");
        }
    }

    static final class Accelerators extends Names {
        Accelerators() {
            super("accelerators");
        }
    }

    static final class Nodes extends Names {
        Nodes() {
            super("nodes");
        }
    }

    static final class Fabrics extends Names {
        Fabrics() {
            super("fabrics");
        }
    }

    static final class Stacks extends Names {
        Stacks() {
            super("stacks");
        }
    }

    static final class Sites extends Names {
        Sites() {
            super("sites");
        }
    }

    static final class Kinds extends CatalogWords {
        @Override
        Values from(Catalog catalog) {
            return new Values.Words(plain(catalog.kinds()));
        }
    }

    /// Names of the kind that was just named.
    static final class NamesOfKind extends CatalogWords {
        @Override
        Values from(Catalog catalog) {
            Map<String, List<String>> names = new LinkedHashMap<>();
            for (String kind : plain(catalog.kinds())) {
                names.put(kind, plain(catalog.names(kind)));
            }
            return new Values.WordsByOperandBefore(names);
        }
    }
}
