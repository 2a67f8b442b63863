// SPDX-License-Identifier: Apache-2.0

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The formatter of the build: checks or rewrites every Java file below the given folders, by palantir-java-format.
///
/// Maven starts it with the JDK of the toolchain. A formatter plugin would run inside Maven's own JVM, which may be
/// a Java 17 that cannot parse record patterns.
///
/// Usage: `java Format.java check|write FOLDER...`; exit code 1 when `check` finds something to do.
final class Format {
    private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";
    private static final int COLUMNS = 120;

    /// A line of running text: neither indented as a formula nor the start of a list, heading, table, quote or tag.
    private static final Pattern COMMENT = Pattern.compile(" */// (?![ \t|#>@+*-]|[0-9]+[.)] ).+");

    public static void main(String[] args) throws IOException {
        boolean write = args[0].equals("write");
        Formatter formatter = Formatter.createFormatter(
                JavaFormatterOptions.builder().style(Style.PALANTIR).build());
        List<String> complaints = new ArrayList<>();
        for (int i = 1; i < args.length; i++) {
            for (Path file : javaFilesBelow(Path.of(args[i]))) {
                String source = Files.readString(file);
                if (!source.startsWith(LICENCE)) {
                    complaints.add(file + ": the first line must be " + LICENCE.strip());
                }
                try {
                    String formatted = formatter.formatSourceAndFixImports(refillComments(source));
                    if (formatted.equals(source)) {
                        continue;
                    }
                    if (write) {
                        Files.writeString(file, formatted);
                    } else {
                        complaints.add(firstDifference(file, source, formatted));
                    }
                } catch (FormatterException failure) {
                    complaints.add(file + ":" + failure.getMessage());
                }
            }
        }
        complaints.forEach(System.err::println);
        if (!complaints.isEmpty()) {
            System.err.println("To format every file: mvn -q process-sources -Dformat");
            System.exit(1);
        }
    }

    /// The source with each paragraph of a `///` comment filled anew if one of its lines is too long. The formatter
    /// would only break off the end of such a line. Formulas, lists, tables and fenced code stay as they are.
    private static String refillComments(String source) {
        StringBuilder result = new StringBuilder();
        List<String> paragraph = new ArrayList<>();
        boolean fenced = false;
        for (String line : source.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            boolean fence = line.strip().startsWith("/// ```");
            fenced ^= fence;
            if (comment.matches() && !fenced && !fence) {
                paragraph.add(line);
                continue;
            }
            appendFilled(paragraph, result);
            result.append(line).append('\n');
        }
        appendFilled(paragraph, result);
        return result.toString();
    }

    /// Appends the lines of a paragraph, filled anew if one is too long, and empties it. The formatter counts the
    /// indentation of every line after the first twice, and breaks code where such a line is too long by that count.
    private static void appendFilled(List<String> paragraph, StringBuilder result) {
        int columns = paragraph.isEmpty() ? COLUMNS : COLUMNS - paragraph.getFirst().indexOf("///");
        if (paragraph.stream().noneMatch(line -> line.length() > columns)) {
            paragraph.forEach(line -> result.append(line).append('\n'));
            paragraph.clear();
            return;
        }
        String start = paragraph.getFirst().substring(0, paragraph.getFirst().indexOf("///") + 3);
        StringBuilder line = new StringBuilder(start);
        for (String text : paragraph) {
            for (String word : text.strip().substring(3).strip().split(" +")) {
                if (line.length() + 1 + word.length() > columns && line.length() > start.length()) {
                    result.append(line).append('\n');
                    line.setLength(start.length());
                }
                line.append(' ').append(word);
            }
        }
        result.append(line).append('\n');
        paragraph.clear();
    }

    private static List<Path> javaFilesBelow(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static String firstDifference(Path file, String source, String formatted) {
        List<String> found = source.lines().toList();
        List<String> wanted = formatted.lines().toList();
        int line = 0;
        while (line < found.size() && line < wanted.size() && found.get(line).equals(wanted.get(line))) {
            line++;
        }
        return file + ":" + (line + 1) + ": is not formatted; this line should read: "
                + (line < wanted.size() ? wanted.get(line) : "(end of file)");
    }
}
