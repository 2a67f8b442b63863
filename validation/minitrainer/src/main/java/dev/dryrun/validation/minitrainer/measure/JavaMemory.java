// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/// What the Java machine itself has of the C heap, by its native memory tracking: code that it compiles, symbols,
/// threads. It comes and goes while a program runs, and is no part of what is trained.
final class JavaMemory {
    /// The option of a Java machine that keeps account of it; without it nothing is known.
    static final String OPTION = "-XX:NativeMemoryTracking=summary";

    private static final Pattern TOTAL = Pattern.compile("^\\s*malloc: (\\d+)", Pattern.MULTILINE);
    private static final Object[] SUMMARY_IN_BYTES = {new String[] {"summary", "scale=B"}};
    private static final String[] SIGNATURE = {String[].class.getName()};

    private final ObjectName diagnostics;

    JavaMemory() {
        try {
            diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
        } catch (JMException wrong) {
            throw new IllegalStateException("a name that this class gives itself", wrong);
        }
    }

    /// Bytes now; 0 where no account is kept.
    long mallocBytes() {
        try {
            Object told = ManagementFactory.getPlatformMBeanServer()
                    .invoke(diagnostics, "vmNativeMemory", SUMMARY_IN_BYTES, SIGNATURE);
            Matcher total = TOTAL.matcher(String.valueOf(told));
            return total.find() ? Long.parseLong(total.group(1)) : 0;
        } catch (JMException absent) {
            return 0;
        }
    }
}
