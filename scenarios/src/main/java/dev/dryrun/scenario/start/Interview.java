// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.catalog.Catalog;
import java.util.List;
import java.util.Locale;

/// The questions of a first scenario. An empty answer takes the default in brackets, `?` lists the names that there
/// are, and a wrong answer is explained and asked again.
public final class Interview {
    private final Catalog catalog;
    private final Conversation person;
    private final Defaults defaults;
    private final DraftCheck check;

    public Interview(Catalog catalog, Conversation person) {
        this.catalog = catalog;
        this.person = person;
        defaults = new Defaults(catalog);
        check = new DraftCheck(catalog);
    }

    /// Asks for what is not known yet. False where the person went away.
    public boolean complete(Answers answers) {
        person.tell("Enter takes what stands in brackets; ? lists the names that there are.");
        for (Field field : Field.values()) {
            if (!field.isChosen() && !answers.has(field) && !ask(field, answers)) {
                return false;
            }
        }
        return Field.chosen().stream().anyMatch(answers::has) || strategy(answers);
    }

    /// Asks for the strategy, if the person wants to say something about it.
    private boolean strategy(Answers answers) {
        while (true) {
            String answer = person.ask("Shall I choose the strategy? [yes] ");
            if (answer == null) {
                return false;
            }
            switch (answer.strip().toLowerCase(Locale.ROOT)) {
                case "", "y", "yes" -> {
                    return true;
                }
                case "n", "no" -> {
                    person.tell("Enter leaves a part of it to me.");
                    return Field.chosen().stream().allMatch(field -> ask(field, answers));
                }
                default -> person.tell("yes or no, please");
            }
        }
    }

    /// Asks until the answer is right. False where the person went away.
    private boolean ask(Field field, Answers answers) {
        String known = defaults.of(field, answers);
        String brackets = known.isEmpty() ? optional(field) : " [" + known + "]";
        while (true) {
            String answer = person.ask(field.question() + brackets + ": ");
            if (answer == null) {
                return false;
            }
            String written = answer.isBlank() ? known : answer.strip();
            if (written.equals("?") && !field.kind().isEmpty()) {
                person.tell(String.join(", ", catalog.names(field.kind())));
            } else if (written.isEmpty()) {
                if (!Field.required().contains(field)) {
                    return true;
                }
                person.tell("this has to be known");
            } else {
                List<String> problems = check.problemsWith(answers, field, written);
                if (problems.isEmpty()) {
                    answers.put(field, written);
                    return true;
                }
                problems.forEach(person::tell);
            }
        }
    }

    private static String optional(Field field) {
        return Field.required().contains(field) ? "" : field.isChosen() ? " [choose]" : " [none]";
    }
}
