// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// An expression of whole numbers while it is evaluated. An unknown number makes the whole unknown.
final class Expression {
    private static final int DEEPEST = 60;
    /// Operators by how loosely they bind, loosest first; of one row the longest first.
    private static final List<List<String>> BINARY = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("|"),
            List.of("^"),
            List.of("&"),
            List.of("==", "!="),
            List.of("<=", ">=", "<", ">"),
            List.of("<<", ">>"),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private final String text;
    private final Function<String, OptionalLong> variables;
    private int at;
    private int depth;
    private boolean unknown;

    Expression(String text, Function<String, OptionalLong> variables) {
        this.text = text;
        this.variables = variables;
    }

    OptionalLong value() {
        long value = ternary();
        blanks();
        return unknown || at < text.length() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private long ternary() {
        if (++depth > DEEPEST) {
            unknown = true;
            at = text.length();
        }
        long value = binary(0);
        blanks();
        if (at < text.length() && text.charAt(at) == '?') {
            at++;
            long yes = ternary();
            blanks();
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                long no = ternary();
                value = value != 0 ? yes : no;
            } else {
                unknown = true;
            }
        }
        depth--;
        return value;
    }

    private long binary(int row) {
        if (row == BINARY.size()) {
            return power();
        }
        long value = binary(row + 1);
        while (true) {
            String operator = operator(row);
            if (operator.isEmpty()) {
                return value;
            }
            at += operator.length();
            value = apply(operator, value, binary(row + 1));
        }
    }

    private String operator(int row) {
        blanks();
        for (String operator : BINARY.get(row)) {
            if (text.startsWith(operator, at) && !isPartOfLonger(operator)) {
                return operator;
            }
        }
        return "";
    }

    /// `&` of `&&`, `<` of `<<`, `*` of `**`: another operator.
    private boolean isPartOfLonger(String operator) {
        char next = at + operator.length() < text.length() ? text.charAt(at + operator.length()) : '\0';
        return operator.length() == 1 && "|&<>*".contains(operator) && operator.charAt(0) == next;
    }

    private long apply(String operator, long one, long other) {
        boolean divides = operator.equals("/") || operator.equals("%");
        if (divides && other == 0) {
            unknown = true;
            return 0;
        }
        return switch (operator) {
            case "||" -> one != 0 || other != 0 ? 1 : 0;
            case "&&" -> one != 0 && other != 0 ? 1 : 0;
            case "|" -> one | other;
            case "^" -> one ^ other;
            case "&" -> one & other;
            case "==" -> one == other ? 1 : 0;
            case "!=" -> one != other ? 1 : 0;
            case "<=" -> one <= other ? 1 : 0;
            case ">=" -> one >= other ? 1 : 0;
            case "<" -> one < other ? 1 : 0;
            case ">" -> one > other ? 1 : 0;
            case "<<" -> one << other;
            case ">>" -> one >> other;
            case "+" -> one + other;
            case "-" -> one - other;
            case "*" -> one * other;
            case "/" -> one / other;
            case "%" -> one % other;
            default -> throw new IllegalStateException("no operator: " + operator);
        };
    }

    private long power() {
        long base = unary();
        blanks();
        if (!text.startsWith("**", at)) {
            return base;
        }
        at += 2;
        long exponent = unary();
        if (exponent < 0 || exponent > 62) {
            unknown = true;
            return 0;
        }
        long value = 1;
        for (int i = 0; i < exponent; i++) {
            value *= base;
        }
        return value;
    }

    private long unary() {
        blanks();
        int minus = 0;
        int nots = 0;
        while (at < text.length() && "+-!~ ".indexOf(text.charAt(at)) >= 0) {
            char c = text.charAt(at++);
            minus += c == '-' ? 1 : 0;
            nots += c == '!' ? 1 : 0;
            unknown |= c == '~';
        }
        long value = primary();
        value = minus % 2 == 1 ? -value : value;
        return nots == 0 ? value : (value == 0) == (nots % 2 == 1) ? 1 : 0;
    }

    private long primary() {
        if (at >= text.length()) {
            unknown = true;
            return 0;
        }
        char c = text.charAt(at);
        if (c == '(') {
            at++;
            long value = ternary();
            blanks();
            if (at < text.length() && text.charAt(at) == ')') {
                at++;
            } else {
                unknown = true;
            }
            return value;
        }
        int begin = at;
        while (at < text.length() && DollarReader.continuesName(text.charAt(at))) {
            at++;
        }
        String word = text.substring(begin, at);
        if (word.isEmpty()) {
            unknown = true;
            at = text.length();
            return 0;
        }
        return Character.isDigit(word.charAt(0)) ? number(word) : variable(word);
    }

    private long number(String word) {
        try {
            return Long.decode(word);
        } catch (NumberFormatException e) {
            unknown = true;
            return 0;
        }
    }

    private long variable(String name) {
        OptionalLong value = variables.apply(name);
        unknown |= value.isEmpty();
        return value.orElse(0);
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
