// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/// The compiled classes of all modules, without their tests; read once.
final class Production {
    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("dev.dryrun");

    private Production() {}
}
