// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.shell.Call;
import dev.dryrun.scenario.imports.shell.Traced;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The command of a script that starts the training.
///
/// @param launcher words before the program: `srun ...`, `torchrun ...`, `deepspeed ...`
/// @param program `pretrain_gpt.py`
/// @param arguments words behind it
/// @param call the command as a whole
record Launch(List<Traced> launcher, Traced program, List<Traced> arguments, Call call) {
    /// A command with fewer options that shape a model or a layout is something else, such as the preparing of data.
    private static final int FEWEST = 3;

    /// The command with the most options that a scenario models; null where none has enough of them.
    static @Nullable Launch find(List<Call> calls, ArgumentTable table) {
        Launch best = null;
        int most = FEWEST - 1;
        for (Call call : calls) {
            Launch launch = of(call, table);
            int shaping = launch == null ? 0 : launch.shaping(table);
            boolean likelier = best != null
                    && shaping == most
                    && call.certain()
                    && !best.call().certain();
            if (launch != null && (shaping > most || likelier)) {
                best = launch;
                most = shaping;
            }
        }
        return best;
    }

    /// How many commands of the script start a training.
    static long count(List<Call> calls, ArgumentTable table) {
        return calls.stream()
                .map(call -> of(call, table))
                .filter(launch -> launch != null && launch.shaping(table) >= FEWEST)
                .count();
    }

    private static @Nullable Launch of(Call call, ArgumentTable table) {
        List<Traced> words = call.words();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).raw().endsWith(".py")) {
                return at(call, i, words.get(i), i + 1);
            }
        }
        for (int i = 1; i < words.size(); i++) {
            if (table.find(words.get(i).raw()) != null) {
                return at(call, i, words.get(i - 1), i);
            }
        }
        return null;
    }

    private static Launch at(Call call, int launcherEnd, Traced program, int arguments) {
        List<Traced> launcher = new ArrayList<>(call.outer());
        launcher.addAll(call.words().subList(0, launcherEnd));
        List<Traced> words = call.words();
        return new Launch(launcher, program, words.subList(arguments, words.size()), call);
    }

    private int shaping(ArgumentTable table) {
        int shaping = 0;
        for (Traced word : arguments) {
            int equals = word.raw().indexOf('=');
            Argument known = table.find(equals < 0 ? word.raw() : word.raw().substring(0, equals));
            shaping += known != null && known.effect() == Effect.MODELLED ? 1 : 0;
        }
        return shaping;
    }

    /// The program's name without its folder.
    String programName() {
        String path = program.toString();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    boolean starts(String launcherName) {
        return launcher.stream().anyMatch(word -> {
            String text = word.toString();
            return text.substring(text.lastIndexOf('/') + 1).equals(launcherName);
        });
    }
}
