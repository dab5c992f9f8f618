/** Files of settings, YAML, JSON, TOML and others, as one kind of tree that knows its lines. */
@org.jspecify.annotations.NullMarked
package io.github.rowsleuth.git.automation.config;
