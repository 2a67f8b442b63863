// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// Hears what readers ask of an [Entry] and of the mappings in it, which is what a file may say.
public interface Questions {
    /// Nobody listens.
    Questions UNHEARD = new Questions() {
        @Override
        public void asked(String pointer, String key, Wanted wanted) {}

        @Override
        public void closed(String pointer) {}
    };

    /// A reader asked for the value at a key of the mapping at a JSON pointer.
    void asked(String pointer, String key, Wanted wanted);

    /// No keys other than those asked for may stand in the mapping.
    void closed(String pointer);
}
