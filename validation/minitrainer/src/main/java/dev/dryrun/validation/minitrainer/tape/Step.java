// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

/// What the backward pass does about one kernel of the forward pass, after which nothing of it is held any more.
interface Step {
    void backward();
}
