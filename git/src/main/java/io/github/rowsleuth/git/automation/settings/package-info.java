/** Settings of mappers and migration tools that change a schema when an application merely starts. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.settings;
