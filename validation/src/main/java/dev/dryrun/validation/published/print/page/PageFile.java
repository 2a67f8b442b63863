// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Files that the page is made of.
final class PageFile {
    /// Apache ECharts, scatter and bar charts and what goes with them; Apache License 2.0, named in the file itself.
    static final String CHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js";

    private PageFile() {}

    /// The text of a file among the classes.
    static String read(String name) {
        try (InputStream in = PageFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not among the classes");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
