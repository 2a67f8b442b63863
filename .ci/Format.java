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

    private static final String STAND_IN = "stand-in ";
    private static final Pattern HIDDEN = Pattern.compile("/// " + STAND_IN + "([0-9]+)");

    private static final Pattern DOC_LINE = Pattern.compile("\\s*///.*");

    /// The first line of an item of a list, or of a tag.
    private static final Pattern ITEM = Pattern.compile(" */// ([*+-] |[0-9]+[.)] |@).+");

    /// A line of running text: neither that, nor indented as a formula, nor of a heading, table or quote.
    private static final Pattern RUNNING_TEXT = Pattern.compile(" */// (?![*+-] |[0-9]+[.)] |[ \\t|#>@]).+");

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
                    String formatted = format(formatter, source);
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
            System.err.println("To format every file: mvn -q -N process-sources -Dformat");
            System.exit(1);
        }
    }

    /// The source as palantir-java-format lays it out, with its `///` comments as we do.
    ///
    /// That formatter breaks a `///` line that is too long and leaves the rest without slashes. So it sees short
    /// stand-ins, and paragraphs are filled here.
    private static String format(Formatter formatter, String source) throws FormatterException {
        List<String> texts = new ArrayList<>();
        StringBuilder hidden = new StringBuilder();
        for (String line : source.lines().toList()) {
            if (DOC_LINE.matcher(line).matches()) {
                hidden.append("/// ").append(STAND_IN).append(texts.size());
                texts.add(line.strip());
            } else {
                hidden.append(line);
            }
            hidden.append('\n');
        }
        String formatted = formatter.formatSourceAndFixImports(hidden.toString());
        Matcher standIn = HIDDEN.matcher(formatted);
        return fillComments(
                standIn.replaceAll(match -> Matcher.quoteReplacement(texts.get(Integer.parseInt(match.group(1))))));
    }

    /// The source with each paragraph of a `///` comment filled anew if one of its lines is too long. Formulas, tables
    /// and fenced code stay as they are.
    private static String fillComments(String source) {
        StringBuilder result = new StringBuilder();
        List<String> paragraph = new ArrayList<>();
        boolean fenced = false;
        for (String line : source.lines().toList()) {
            boolean fence = line.strip().startsWith("/// ```");
            fenced ^= fence;
            boolean running = !fenced && !fence && RUNNING_TEXT.matcher(line).matches();
            boolean item = !fenced && !fence && ITEM.matcher(line).matches();
            if (!running) {
                appendFilled(paragraph, result);
            }
            if (running || item) {
                paragraph.add(line);
            } else {
                result.append(line).append('\n');
            }
        }
        appendFilled(paragraph, result);
        return result.toString();
    }

    /// Appends the lines of a paragraph, filled anew if one is too long, and empties it.
    private static void appendFilled(List<String> paragraph, StringBuilder result) {
        if (paragraph.stream().noneMatch(line -> line.length() > COLUMNS)) {
            paragraph.forEach(line -> result.append(line).append('\n'));
            paragraph.clear();
            return;
        }
        String first = paragraph.getFirst();
        String slashes = first.substring(0, first.indexOf("///") + 3);
        boolean inList = ITEM.matcher(first).matches() && !first.startsWith(slashes + " @");
        String continuation = slashes + (inList ? "  " : "");
        StringBuilder line = new StringBuilder(slashes);
        for (String text : paragraph) {
            for (String word : text.strip().substring(3).strip().split(" +")) {
                if (line.length() + 1 + word.length() > COLUMNS && line.length() > continuation.length()) {
                    result.append(line).append('\n');
                    line.setLength(0);
                    line.append(continuation);
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
                    .filter(file -> !folder.relativize(file).toString().contains("target/"))
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
