// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

/// A shell that completes command lines by a script.
public enum Shell {
    BASH {
        @Override
        public String script(CommandWords program) {
            return new BashScript(program).write();
        }
    },
    ZSH {
        @Override
        public String script(CommandWords program) {
            return new ZshScript(program).write();
        }
    },
    FISH {
        @Override
        public String script(CommandWords program) {
            return new FishScript(program).write();
        }
    };

    /// A script that completes a program's commands, options and values.
    public abstract String script(CommandWords program);
}
