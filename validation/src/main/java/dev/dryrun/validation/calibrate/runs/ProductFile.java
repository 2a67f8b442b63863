// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Times of matrix products in a CSV file with the columns `M,N,K,dtype,us`, in any order; others are left alone.
final class ProductFile {
    private static final List<String> COLUMNS = List.of("m", "n", "k", "dtype", "us");
    private static final String SIZE = "a whole number from 1 to 999999999";

    private final String file;
    private final List<TableProblem> problems = new ArrayList<>();

    private ProductFile(String file) {
        this.file = file;
    }

    /// @throws UnreadableTable with everything that is wrong in it
    static List<TimedProduct> read(Path path) {
        var reader = new ProductFile(path.toString());
        List<TimedProduct> products = new ArrayList<>();
        try (InputStream stream = Files.newInputStream(path)) {
            products = reader.products(CsvLines.read(reader.file, stream));
        } catch (IOException unreadable) {
            reader.problem(
                    0, "", Files.exists(path) ? "this file cannot be read" : "this file does not exist", "a CSV file");
        }
        if (!reader.problems.isEmpty()) {
            throw new UnreadableTable(reader.problems);
        }
        return products;
    }

    private List<TimedProduct> products(List<CsvLines.Line> lines) {
        if (lines.size() < 2) {
            problem(1, "", "no product", "a header M,N,K,dtype,us and a line for each product");
            return List.of();
        }
        List<String> header = lines.getFirst().cells().stream()
                .map(cell -> cell.toLowerCase(Locale.ROOT))
                .toList();
        for (String column : COLUMNS) {
            if (!header.contains(column)) {
                problem(lines.getFirst().number(), "", "the header without " + column, "one with M,N,K,dtype,us");
            }
        }
        var products = new ArrayList<TimedProduct>();
        if (problems.isEmpty()) {
            for (CsvLines.Line line : lines.subList(1, lines.size())) {
                product(line, header, products);
            }
        }
        return products;
    }

    private void product(CsvLines.Line line, List<String> header, List<TimedProduct> products) {
        int before = problems.size();
        long m = size(line, header, "m");
        long n = size(line, header, "n");
        long k = size(line, header, "k");
        Precision precision = precision(line, cell(line, header, "dtype"));
        double microseconds = time(line, cell(line, header, "us"));
        if (problems.size() == before) {
            products.add(new TimedProduct(Gemm.of(m, n, k, precision), microseconds * 1e-6));
        }
    }

    private static String cell(CsvLines.Line line, List<String> header, String column) {
        int index = header.indexOf(column);
        return index < line.cells().size() ? line.cells().get(index) : "";
    }

    private long size(CsvLines.Line line, List<String> header, String column) {
        String cell = cell(line, header, column);
        if (!cell.matches("[1-9][0-9]{0,8}")) {
            problem(line.number(), column, quoted(cell), SIZE);
            return 1;
        }
        return Long.parseLong(cell);
    }

    private double time(CsvLines.Line line, String cell) {
        double value = cell.matches("[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?") ? Double.parseDouble(cell) : 0;
        if (!(value > 0 && Double.isFinite(value))) {
            problem(line.number(), "us", quoted(cell), "microseconds above 0");
        }
        return value;
    }

    private Precision precision(CsvLines.Line line, String cell) {
        for (Precision precision : Precision.values()) {
            if (precision.name().equals(cell.toUpperCase(Locale.ROOT))) {
                return precision;
            }
        }
        String known = String.join(
                ", ",
                Arrays.stream(Precision.values())
                        .map(one -> one.name().toLowerCase(Locale.ROOT))
                        .toList());
        problem(line.number(), "dtype", quoted(cell), "one of " + known);
        return Precision.BF16;
    }

    private void problem(int line, String column, String found, String expected) {
        problems.add(new TableProblem(file, line, column, found, expected, ""));
    }

    private static String quoted(String cell) {
        return cell.isEmpty() ? "empty" : '"' + cell + '"';
    }
}
