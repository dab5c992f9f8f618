/** Who runs the scripts, migrations and commands of a repository; what is not exported of the module's automation. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation;
