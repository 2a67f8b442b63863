// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What scenarios may call by name: accelerators, nodes, fabrics, models, stacks and sites, one file each.
///
/// The project's own files lie on the class path below `dev/dryrun/catalog`, listed by one `index.txt` per module;
/// a folder of the user has the same shape (`nodes/my-box.yaml`) and its files replace those of the same name. Files
/// are read when they are asked for.
public final class Catalog {
    private static final String FOLDER = "dev/dryrun/catalog/";
    private static final int LONGEST_CHAIN = 16;
    private static final List<String> EXTENSIONS = List.of(".yaml", ".yml", ".json");

    /// Kind to name to file.
    private final SortedMap<String, SortedMap<String, Source>> kinds = new TreeMap<>();

    /// A file of the catalog: its name in messages, and where its bytes are.
    private record Source(
            String shownName, @Nullable URL url, @Nullable Path path) {
        byte[] bytes() throws IOException {
            if (path != null) {
                return Files.readAllBytes(path);
            }
            if (url == null) {
                throw new IllegalStateException("a catalog file without a place: " + shownName);
            }
            try (InputStream in = url.openStream()) {
                return in.readAllBytes();
            }
        }
    }

    /// The project's catalog with folders laid over it, later ones over earlier ones.
    ///
    /// @throws InvalidInputException where a folder is none
    public Catalog(List<Path> userFolders) {
        addClassPath();
        var problems = new Problems();
        for (Path folder : userFolders) {
            if (!Files.isDirectory(folder)) {
                problems.add(Position.startOf(folder.toString()), "", "no folder", "the catalog must be one", "");
                continue;
            }
            addFolder(folder, problems);
        }
        problems.throwIfAny();
    }

    private void addClassPath() {
        ClassLoader loader = Catalog.class.getClassLoader();
        try {
            for (URL index : Collections.list(loader.getResources(FOLDER + "index.txt"))) {
                String base = index.toExternalForm();
                base = base.substring(0, base.length() - "index.txt".length());
                try (InputStream in = index.openStream()) {
                    for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                        if (!line.isBlank()) {
                            String file = line.strip();
                            add(
                                    file,
                                    new Source(
                                            "catalog/" + file,
                                            java.net.URI.create(base + file).toURL(),
                                            null));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addFolder(Path folder, Problems problems) {
        try (Stream<Path> files = Files.walk(folder, 2, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path relative = folder.relativize(file);
                if (relative.getNameCount() == 2) {
                    add(relative.getName(0) + "/" + relative.getName(1), new Source(file.toString(), null, file));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            String at = folder.toString();
            problems.add(Position.startOf(at), "", "unreadable", "the catalog must be a folder of folders", "");
        }
    }

    private void add(String file, Source source) {
        int slash = file.indexOf('/');
        for (String extension : EXTENSIONS) {
            if (slash > 0 && file.endsWith(extension)) {
                String name = file.substring(slash + 1, file.length() - extension.length());
                kinds.computeIfAbsent(file.substring(0, slash), kind -> new TreeMap<>())
                        .put(name, source);
            }
        }
    }

    /// Kinds that have an entry, in alphabetical order.
    public List<String> kinds() {
        return List.copyOf(kinds.keySet());
    }

    /// Names of a kind, in alphabetical order.
    public List<String> names(String kind) {
        return List.copyOf(ofKind(kind).keySet());
    }

    /// Whether the entry comes from a folder of the user.
    public boolean isOfUser(String kind, String name) {
        Source source = ofKind(kind).get(name);
        return source != null && source.path() != null;
    }

    /// The file of a name that stands at a key; null where there is none, with a problem there that names the nearest.
    public @Nullable Document find(String kind, String name, Problems problems, Entry at, String key) {
        Document document = find(kind, name, problems);
        if (document == null) {
            String singular = kind.endsWith("s") ? kind.substring(0, kind.length() - 1) : kind;
            String nearest = Nearest.quoted(name, ofKind(kind).keySet());
            String known = nearest.isEmpty() ? few(names(kind)) : nearest;
            at.problem(key, "\"" + name + "\"", "no such " + singular + " is in the catalog", known);
        }
        return document;
    }

    /// The file of a name, laid over the entry that it extends; null where there is none.
    public @Nullable Document find(String kind, String name, Problems problems) {
        Document document = read(kind, name, problems);
        return document == null ? null : extended(kind, name, document, problems, new ArrayList<>());
    }

    /// A file that lies anywhere, laid over the entry of that kind that it extends; one that has no name, and extends
    /// one that has, is called by its path.
    public Document read(String kind, Path file, Problems problems) {
        return extended(kind, file.toString(), Document.read(file, problems), problems, new ArrayList<>());
    }

    /// A file that says `extends: NAME` says only what is different, and has its own name.
    private Document extended(String kind, String name, Document own, Problems problems, List<String> chain) {
        Entry root = own.root();
        String base = own.readable() ? root.optionalText("extends") : null;
        if (base == null) {
            return own;
        }
        chain.add(name);
        if (chain.contains(base) || chain.size() > LONGEST_CHAIN) {
            root.problem("extends", root.shown("extends"), "must not lead back to " + name, "");
            return own;
        }
        Document below = read(kind, base, problems);
        if (below == null) {
            String nearest = Nearest.quoted(base, ofKind(kind).keySet());
            root.problem("extends", root.shown("extends"), "no such entry is among the " + kind, nearest);
            return own;
        }
        Document merged = own.over(extended(kind, base, below, problems, chain));
        if (!root.has("name") && merged.root().has("name")) {
            merged = merged.with("name", name);
        }
        return root.has("title") ? merged : merged.with("title", merged.root().text("title", base) + ", changed");
    }

    private @Nullable Document read(String kind, String name, Problems problems) {
        Source source = ofKind(kind).get(name);
        if (source == null) {
            return null;
        }
        if (source.path() != null) {
            return Document.read(source.path(), problems);
        }
        try {
            return Document.read(source.shownName(), new String(source.bytes(), StandardCharsets.UTF_8), problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A fingerprint of all files: SHA-256 over `kind/name`, a zero byte, the bytes and a zero byte of each, in
    /// alphabetical order.
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, SortedMap<String, Source>> kind : kinds.entrySet()) {
                for (Map.Entry<String, Source> entry : kind.getValue().entrySet()) {
                    digest.update((kind.getKey() + "/" + entry.getKey()).getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) 0);
                    digest.update(entry.getValue().bytes());
                    digest.update((byte) 0);
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private SortedMap<String, Source> ofKind(String kind) {
        return kinds.getOrDefault(kind, Collections.emptySortedMap());
    }

    private static String few(List<String> names) {
        int shown = Math.min(6, names.size());
        String list = String.join(", ", names.subList(0, shown));
        return names.isEmpty() ? "" : "one of " + list + (shown < names.size() ? ", ..." : "");
    }
}
