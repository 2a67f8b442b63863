// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.docs;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a page that a program writes; what stands around them is written by hand and stays.
///
///     <!-- generated: families -->
///     ...
///     <!-- end -->
public final class GeneratedBlocks {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- generated: ([a-z-]+) -->\\R(?:(?!<!-- generated: ).*\\R)*?<!-- end -->");

    private GeneratedBlocks() {}

    /// The page with new blocks.
    ///
    /// @param blocks by name
    /// @throws IllegalArgumentException where the page has no block, or one of a name that there is not
    public static String replace(String page, Map<String, String> blocks) {
        Matcher block = BLOCK.matcher(page);
        var out = new StringBuilder();
        boolean any = false;
        while (block.find()) {
            String name = block.group(1);
            String content = blocks.get(name);
            if (content == null) {
                throw new IllegalArgumentException("has the block \"%s\", but there are only %s"
                        .formatted(name, String.join(", ", blocks.keySet())));
            }
            block.appendReplacement(
                    out,
                    Matcher.quoteReplacement(
                            "<!-- generated: " + name + " -->\n" + content.strip() + "\n<!-- end -->"));
            any = true;
        }
        if (!any) {
            throw new IllegalArgumentException(
                    "has no block \"<!-- generated: NAME -->\" to \"<!-- end -->\"; NAME is one of "
                            + String.join(", ", blocks.keySet()));
        }
        return block.appendTail(out).toString();
    }
}
