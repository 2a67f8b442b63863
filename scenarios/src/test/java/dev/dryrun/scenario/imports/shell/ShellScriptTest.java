// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShellScriptTest {
    private final Problems problems = new Problems();

    private ShellResult follow(String script, Map<String, String> environment) {
        ShellResult result = ShellScript.follow(new ScriptText("s.sh", script), environment, problems);
        assertNotNull(result, () -> problems.all().toString());
        return result;
    }

    private String words(String script) {
        return words(follow(script, Map.of()));
    }

    /// Words of every call of `run`, each in brackets.
    private static String words(ShellResult result) {
        return result.calls().stream()
                .filter(call -> call.words().getFirst().toString().equals("run"))
                .flatMap(call -> call.words().stream().skip(1))
                .map(word -> "[" + word + "]")
                .collect(Collectors.joining());
    }

    static List<String> semantics() throws IOException {
        try (InputStream file = ShellScriptTest.class.getResourceAsStream("semantics.txt")) {
            String text = new String(assertIsThere(file).readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.substring(text.indexOf("----\n") + 5).split("\n?----\n", -1));
        }
    }

    private static InputStream assertIsThere(InputStream file) {
        assertNotNull(file, "semantics.txt");
        return file;
    }

    /// What bash itself does, recorded.
    @ParameterizedTest
    @MethodSource("semantics")
    void commandsGetTheWordsThatBashGivesThem(String scriptAndWords) {
        int arrow = scriptAndWords.lastIndexOf("\n=> ");
        assertEquals(
                scriptAndWords.substring(arrow + 4).stripTrailing(), words(scriptAndWords.substring(0, arrow) + "\n"));
    }

    @Test
    void everyWordKnowsWhereItWasWritten() {
        ShellResult result = follow("""
            A=12
            ARGS=(--x $A   # twelve
                  --y "b c")
            bash -c "run ${ARGS[*]} $((A + 1))"
            """, Map.of());
        List<Traced> words = result.calls().getFirst().words();
        assertEquals("[run, --x, 12, --y, b, c, 13]", words.toString());
        assertEquals(position(2, 7), at(result, words.get(1)));
        assertEquals(position(1, 3), at(result, words.get(2)));
        assertEquals(position(3, 12), at(result, words.get(4)));
        assertEquals(position(3, 14), at(result, words.get(5)));
        assertEquals(position(4, 25), at(result, words.get(6)));
    }

    private static Position position(int line, int column) {
        return new Position("s.sh", line, column);
    }

    private static Position at(ShellResult result, Traced word) {
        return result.script().position(word.placeOr(0));
    }

    @Test
    void whatOnlyAMachineTellsIsAHoleWithItsReason() {
        ShellResult result = follow("N=$(nproc)\nrun $N $M x$((N*2)) $1 ${M:-3}\n", Map.of());
        List<Traced> words = result.calls().getFirst().words();
        assertEquals("[run, $(nproc), $M, x$((N*2)), $1, 3]", words.toString());
        assertEquals("is the output of a command, which is not run", reason(words.get(1)));
        assertEquals("is not set in the script", reason(words.get(2)));
        assertEquals("M", words.get(2).holes().getFirst().variable());
        assertEquals("is an argument of the script", reason(words.get(4)));
    }

    private static String reason(Traced word) {
        return word.holes().getFirst().why();
    }

    @Test
    void theEnvironmentIsWhatTheUserGives() {
        String script = "N=${NODES:-2}\nif [ \"$MODE\" = big ]; then N=$((N * 10)); fi\nrun $N\n";
        assertEquals("[2]", words(script));
        assertEquals("[40]", words(follow(script, Map.of("NODES", "4", "MODE", "big"))));
    }

    @Test
    void aConditionNobodyCanDecideLeavesOpenOnlyWhatHangsOnIt() {
        ShellResult result = follow("""
            A=(--a 1)
            B=1
            if [ -f /etc/hosts ]; then A+=(--b 2); B=2; C=same; else C=same; fi
            run "${A[@]}" $B $C
            if [ -d /x ]; then run 3; fi
            """, Map.of());
        List<Call> calls = result.calls();
        assertEquals("[run, --a, 1, $A, $B, same]", calls.getFirst().words().toString());
        assertTrue(calls.getFirst().certain());
        assertTrue(!calls.get(1).certain());
        assertEquals(
                "depends on a condition on line 3 that cannot be decided here",
                reason(calls.getFirst().words().get(3)));
    }

    @Test
    void aScriptIsFollowedAsIfItWereStartedWithoutArguments() {
        assertEquals("[4][x]", words("""
            N=4
            while [[ $# -gt 0 ]]; do
                case $1 in
                    --nodes) N=$2; shift 2 ;;
                    *) exit 1 ;;
                esac
            done
            while getopts "n:" o; do N=$OPTARG; done
            if [ $# -lt 1 ]; then echo usage; exit 1; fi
            run $N ${1:-x}
            """));
    }

    /// A comment between continued lines ends the command, which is easily overlooked.
    @Test
    void optionsBehindTheEndOfTheirCommandAreNoted() {
        ShellResult result = follow("run --a 1 \\\n  # --b 2 \\\n  --c 3\n", Map.of());
        assertEquals("[--a][1]", words(result));
        assertEquals(
                position(3, 3),
                result.script().position(result.notes().getFirst().at()));
        assertTrue(result.notes().getFirst().text().startsWith("--c and what follows is no part of a command"));
    }

    @Test
    void textsThatAScriptWritesAreKept() {
        ShellResult result = follow("S=1\nF=ds.json\ncat <<EOT > $F\n{\"stage\": $S}\nEOT\necho '{}' > b\n", Map.of());
        assertEquals("{\"stage\": 1}\n", String.valueOf(result.files().get("ds.json")));
        assertEquals("{}", String.valueOf(result.files().get("b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "run \"a | s.sh:1:5: the script is a quote that is never closed, but every \" needs its partner.",
                "run 'a | s.sh:1:5: the script is a quote that is never closed, but every ' needs its partner.",
                "run `a | s.sh:1:5: the script is a quote that is never closed, but every ` needs its partner.",
                "A=(1 2 | s.sh:1:1: the script is \"A=(1 2\", an array that is never closed, but ) must close it.",
                "run $(a | s.sh:1:5: the script is \"$(a\" that is never closed, but ) must close it.",
                "run $((1 | s.sh:1:5: the script is \"$((1\" that is never closed, but )) must close it.",
                "run ${A | s.sh:1:5: the script is \"${A\" that is never closed, but } must close it.",
                "if true; then run | s.sh:1:1: the script is \"if\" without its \"fi\", but fi must follow.",
                "for i in 1; do run | s.sh:1:1: the script is a loop without its \"done\", but done must follow.",
                "run; fi | s.sh:1:6: the script is \"fi\", but nothing before it begins what it ends.",
                "A= (1) | s.sh:1:4: the script is \"(\" in a command, but an array must follow its = without a blank.",
                "cat <<E | s.sh:1:5: the script is a text up to \"E\" that never ends, but a line that is E alone must"
                        + " end it.",
            })
    void whatBashWouldRefuseIsToldWithItsPlace(String script, String message) {
        assertNull(ShellScript.follow(new ScriptText("s.sh", script + "\n"), Map.of(), problems));
        assertEquals(
                List.of(message), problems.all().stream().map(Object::toString).toList());
    }

    @Test
    void whatFeedsOnItselfEnds() {
        refused("A=x\nwhile true; do A=$A$A; done\n", "with its variables filled in");
        refused("A=B; B=A; run $((A))\n", "leads back to itself");
        refused("f() { for i in 1 2 3 4 5 6 7 8 9; do f; done; }\nf\n", "still running after");
        refused("run " + "$((".repeat(500) + "1" + "))".repeat(500) + "\n", "levels deep");
        assertEquals("[end]", words("f() { f; }\nf\nwhile true; do :; done\nrun end\n"));
    }

    private void refused(String script, String part) {
        var told = new Problems();
        assertNull(ShellScript.follow(new ScriptText("s.sh", script), Map.of(), told));
        assertTrue(
                told.all().getFirst().message().contains(part), () -> told.all().toString());
    }

    @Test
    void endsOfLinesOfWindowsAreTold() {
        refused("run 1\r\nrun 2\r\n", "CR LF");
    }
}
